import { rootOf } from "./hmm-suffixes.js";

/** A word in another case, and how likely it is written so once it is. */
export interface OtherCase {
  readonly word: string;
  readonly share: number;
}

/** How a word is written in the other case: one in small letters with a capital or in capitals, another in small letters. */
export function otherCases(word: string): OtherCase[] {
  const lower = word.toLowerCase();
  if (rootOf(word) === 1) return isBack(lower, word) ? [{ word: lower, share: 1 }] : [];
  if (lower !== word) return [];
  const written = new Set([capitalized(word), word.toUpperCase()]);
  const forms = [...written].filter((form) => rootOf(form) === 1 && form.toLowerCase() === word);
  return forms.map((form) => ({ word: form, share: 1 / forms.length }));
}

/** Those of the words given whose other case this word is, with how likely each is then written as this one. */
export function casesOf(word: string, isWord: (source: string) => boolean): OtherCase[] {
  const isRaised = rootOf(word) === 1;
  const source = isRaised ? word.toLowerCase() : capitalized(word);
  if (source === word) return [];
  const upper = isRaised ? source : word.toUpperCase();
  const cases = isWord(source) ? from(source, word) : [];
  return upper !== source && isWord(upper) ? [...cases, ...from(upper, word)] : cases;
}

function from(source: string, word: string): OtherCase[] {
  const form = otherCases(source).find((each) => each.word === word);
  return form === undefined ? [] : [{ word: source, share: form.share }];
}

function isBack(lower: string, word: string): boolean {
  return rootOf(lower) === 0 && (capitalized(lower) === word || lower.toUpperCase() === word);
}

function capitalized(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
