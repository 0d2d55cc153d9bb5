import { setImmediate } from "node:timers/promises";
import { type ScoredSpan, type Span, throwIfAborted } from "@bifocal/contracts";
import type { RankSentences } from "./extractive-summarizer.js";

/** The most sentences that are compared each with each (8 MB of similarities), unless over half as many are wanted. */
const blockLimit = 1000;

/** A score for each sentence, from all of them together. */
export type ScoreSentences = (sentences: readonly Span[]) => Float64Array;

/**
 * Ranks by scores that compare each sentence with each. Over 1,000 sentences are ranked in blocks of 1,000 first (twice
 * as many as are wanted, where that is more), and then the best of all blocks, again up to 1,000, against each other:
 * memory is bounded and time grows with the length of the text.
 */
export function rankInBlocks(score: ScoreSentences): RankSentences {
  return async (sentences, wanted, options) => {
    const blockSize = Math.max(blockLimit, 2 * wanted);
    let candidates = sentences;
    while (candidates.length > blockSize) {
      const best: ScoredSpan[] = [];
      const share = Math.floor(blockSize / Math.ceil(candidates.length / blockSize));
      // At most half of each full block is kept, so that rounds end.
      const kept = Math.min(blockSize / 2, Math.max(wanted, share));
      for (let start = 0; start < candidates.length; start += blockSize) {
        await setImmediate();
        throwIfAborted(options.signal);
        best.push(...bestOf(candidates.slice(start, start + blockSize), kept, score));
      }
      candidates = best.sort((a, b) => a.start - b.start);
    }
    return bestOf(candidates, wanted, score);
  };
}

/** The sentences with the highest scores, best first; of equal ones the earlier. */
function bestOf(sentences: readonly Span[], wanted: number, score: ScoreSentences): ScoredSpan[] {
  const scores = score(sentences);
  return sentences
    .map((sentence, i) => ({ ...sentence, score: scores[i] }))
    .sort((a, b) => b.score - a.score)
    .slice(0, wanted);
}
