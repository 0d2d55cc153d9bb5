/** How a text becomes terms. */
export interface TermOptions {
  /** Longest run of words that is a term of its own: 1 for words alone, 2 for pairs too. */
  readonly ngrams: number;
  /** Leaves out e-mail addresses, URLs and whatever holds a digit, so that a vocabulary names nobody. */
  readonly withoutAddresses: boolean;
}

const token = /[\p{L}\p{M}\p{N}_]+|[^\p{L}\p{M}\p{N}_\s]/gu;
// An address begins after white space: tried at every character, a long text without any would take quadratic time.
const address = /\b\w+:\/\/\S+|\bwww\.\S+|(?<!\S)\S+@\S+/gu;
const digit = /\p{N}/u;

/** Lower-cased runs of letters, digits and `_`, and every other visible character by itself. */
export function tokens(text: string): string[] {
  return text.toLowerCase().match(token) ?? [];
}

/** The terms of a text in order of reading, doubles included, and how many tokens were read. */
export function terms(text: string, { ngrams, withoutAddresses }: TermOptions): { terms: string[]; tokens: number } {
  const read = tokens(withoutAddresses ? text.replace(address, " 0 ") : text);
  const found: string[] = [];
  let run: string[] = [];
  for (const each of read) {
    if (withoutAddresses && digit.test(each)) {
      run = [];
      continue;
    }
    run.push(each);
    if (run.length > ngrams) run.shift();
    for (let n = 1; n <= run.length; n++) found.push(n === 1 ? each : run.slice(-n).join(" "));
  }
  return { terms: found, tokens: read.length };
}
