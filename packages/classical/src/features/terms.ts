import type { TextFeatures } from "./text-features.js";

const token = /[\p{L}\p{M}\p{N}_]+|[^\p{L}\p{M}\p{N}_\s]/gu;
// An address begins after white space: tried at every character, a long text without any would take quadratic time.
const address = /\b\w+:\/\/\S+|\bwww\.\S+|(?<!\S)\S+@\S+/gu;
const digit = /\p{N}/u;

/** A term where it stands: `end` is exclusive, both are UTF-16 offsets into the text as given. */
export interface FoundTerm {
  readonly term: string;
  readonly start: number;
  readonly end: number;
}

/** The terms of a text in order of reading, doubles included, and how many tokens were read. */
export function terms(
  text: string,
  { ngrams, withoutAddresses }: Pick<TextFeatures, "ngrams" | "withoutAddresses">,
): { terms: FoundTerm[]; tokens: number } {
  const found: FoundTerm[] = [];
  let run: FoundTerm[] = [];
  let tokens = 0;
  for (const { 0: match, index } of (withoutAddresses ? blanked(text) : text).matchAll(token)) {
    tokens++;
    if (withoutAddresses && digit.test(match)) {
      run = [];
      continue;
    }
    const last = { term: match.toLowerCase(), start: index, end: index + match.length };
    run.push(last);
    if (run.length > ngrams) run.shift();
    for (let n = 1; n <= run.length; n++) found.push(n === 1 ? last : joined(run.slice(-n)));
  }
  return { terms: found, tokens };
}

/** The text with a number in the place of each address, so that offsets hold. */
function blanked(text: string): string {
  return text.replace(address, (match) => ` 0${" ".repeat(match.length - 2)}`);
}

function joined(run: readonly FoundTerm[]): FoundTerm {
  const [first, last] = [run[0], run[run.length - 1]];
  return { term: run.map(({ term }) => term).join(" "), start: first.start, end: last.end };
}
