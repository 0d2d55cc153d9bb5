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

/** The words whose other case this word is, with how likely each is then written as this one. */
export function casesOf(word: string): OtherCase[] {
  const sources = rootOf(word) === 1 ? [word.toLowerCase()] : [capitalized(word), word.toUpperCase()];
  return [...new Set(sources)].flatMap((source) =>
    otherCases(source)
      .filter((form) => form.word === word)
      .map(({ share }) => ({ word: source, share })),
  );
}

function isBack(lower: string, word: string): boolean {
  return rootOf(lower) === 0 && (capitalized(lower) === word || lower.toUpperCase() === word);
}

function capitalized(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
