import type { Lexicon } from "./load-lexicon.js";
import { wordsOf } from "./words.js";

/** How many words behind it a negation turns round, within its clause. */
const negationReach = 3;

const clauseEnd = /[.,;:!?…¿¡。\n]+/u;

export interface LexiconScore {
  /** Mean over the rated words, from -1 to 1; 0 where there is none. */
  readonly polarity: number;
  /** How many words were read. */
  readonly tokens: number;
}

/**
 * Mean polarity of the words that a lexicon rates, the longest entry first: "not good" before "good". The three words
 * behind a negation, up to the next punctuation mark, count the other way round.
 */
export function lexiconPolarity(text: string, lexicon: Lexicon, negations: ReadonlySet<string>): LexiconScore {
  let [sum, rated, tokens] = [0, 0, 0];
  for (const clause of text.split(clauseEnd)) {
    const words = wordsOf(clause);
    tokens += words.length;
    let negatedUntil = 0;
    for (let i = 0; i < words.length; ) {
      const { polarity, length } = longestEntry(words, i, lexicon);
      if (polarity !== 0) {
        sum += i < negatedUntil ? -polarity : polarity;
        rated += 1;
      } else if (negations.has(words[i])) negatedUntil = i + 1 + negationReach;
      i += length;
    }
  }
  return { polarity: rated === 0 ? 0 : sum / rated, tokens };
}

function longestEntry(
  words: readonly string[],
  at: number,
  { polarities, lengths }: Lexicon,
): { polarity: number; length: number } {
  for (let length = lengths.get(words[at]) ?? 0; length > 0; length--) {
    const polarity = polarities.get(words.slice(at, at + length).join(" "));
    if (polarity !== undefined) return { polarity, length };
  }
  return { polarity: 0, length: 1 };
}
