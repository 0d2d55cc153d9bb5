import { BifocalError, throwIfAborted } from "@bifocal/contracts";
import { splitPieces } from "../features/pieces.js";
import type { Learner } from "../learner.js";
import { countNgrams } from "./ngram-counts.js";
import { encodeText, type NgramParams, packNgrams, symbolCount, symbolsOf } from "./ngram-params.js";
import { countSpellings } from "./ngram-spelling.js";

/** Interpolated Kneser-Ney n-grams over pieces of text; pieces that are too rare are learned as spellings. */
export const ngramLearner: Learner<"texts"> = {
  name: "ngram",
  family: "interpolated Kneser-Ney n-gram model",
  paradigm: "generative",
  tasks: ["text-generation"],
  reads: "texts",
  settings: {
    order: { type: "integer", min: 1, max: 6, default: 3, about: "how many pieces an n-gram has at most" },
    minimumCount: { type: "integer", min: 1, max: 1000, default: 2, about: "how often a piece must occur to be known" },
  },
  train(items, { order, minimumCount }, { signal, onProgress }): NgramParams {
    if (items.length === 0)
      throw new BifocalError("invalid-input", "There are no texts to learn from. Give one or more.");
    throwIfAborted(signal);
    const texts = items.map(({ text }) => splitPieces(text));
    const { vocabulary, rare } = chooseVocabulary(texts, minimumCount as number);
    const symbolOf = symbolsOf(vocabulary);
    throwIfAborted(signal);
    const sequences = texts.map((pieces) => encodeText(pieces, symbolOf));
    const ngrams = countNgrams(sequences, symbolCount(vocabulary), order as number);
    onProgress?.({ iteration: 1, iterations: 1 });
    return packNgrams(vocabulary, ngrams, countSpellings(rare));
  },
};

/**
 * Known pieces, the most frequent first, then in code unit order; and the rare ones, whose spellings stand for those of
 * unknown ones: what is not known, and what was seen once. A piece with half a character in it is never known.
 */
function chooseVocabulary(texts: readonly string[][], minimumCount: number): { vocabulary: string[]; rare: string[] } {
  const counts = new Map<string, number>();
  for (const pieces of texts) for (const piece of pieces) counts.set(piece, (counts.get(piece) ?? 0) + 1);
  const isKnown = ([piece, count]: [string, number]): boolean => count >= minimumCount && !/\p{Cs}/u.test(piece);
  const inOrder = [...counts].filter(isKnown).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const rare = [...counts].filter((each) => each[1] === 1 || !isKnown(each));
  return { vocabulary: inOrder.map(([piece]) => piece), rare: rare.map(([piece]) => piece) };
}
