import { overlapF1, pairsOf } from "./word-overlap.js";

/**
 * Which sentences make the summary that is most like a given one: beginning with none, the sentence that adds most to the
 * sum of the F1 of words and of pairs of words (ROUGE-1 and ROUGE-2, against the best of the given summaries) is taken,
 * as long as one adds any, up to `most` (Nallapati, Zhai & Zhou 2017, section 4.1). Of equal ones the earlier.
 * @param sentences words of each sentence
 * @param summaries words of each summary
 */
export function oracleSentences(
  sentences: readonly (readonly string[])[],
  summaries: readonly (readonly string[])[],
  most: number,
): ReadonlySet<number> {
  const wanted = summaries.map((words) => ({ words, pairs: pairsOf(words) }));
  const worth = (taken: ReadonlySet<number>): number => {
    const words = sentences.flatMap((sentence, i) => (taken.has(i) ? sentence : []));
    const pairs = pairsOf(words);
    return Math.max(0, ...wanted.map((each) => overlapF1(words, each.words) + overlapF1(pairs, each.pairs)));
  };
  let [taken, reached] = [new Set<number>(), 0];
  while (taken.size < most) {
    let better: Set<number> | undefined;
    for (const i of sentences.keys()) {
      if (taken.has(i)) continue;
      const candidate = new Set(taken).add(i);
      const value = worth(candidate);
      if (value > reached) [better, reached] = [candidate, value];
    }
    if (better === undefined) break;
    taken = better;
  }
  return taken;
}
