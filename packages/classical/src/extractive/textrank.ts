import { setImmediate } from "node:timers/promises";
import {
  type CallOptions,
  type ModelCard,
  type ScoredSpan,
  type Span,
  type TextGenerator,
  throwIfAborted,
} from "@bifocal/contracts";
import { extractiveSummarizer, type SplitSentences } from "./extractive-summarizer.js";
import { pageRank } from "./page-rank.js";
import { contentWords, sentenceSimilarity } from "./sentence-similarity.js";

/** The most sentences that are compared each with each (8 MB of similarities), unless over half as many are wanted. */
const blockLimit = 1000;

const card: ModelCard = {
  id: "textrank-summary-en",
  task: "summarization",
  paradigm: "rule-based",
  family: "TextRank",
  languages: ["en"],
  licence: "MIT",
  source: "Mihalcea & Tarau 2004, TextRank: Bringing Order into Texts; stop words of natural 8.1.1 (MIT)",
  trainedOn: [],
};

/**
 * The sentences that most others are like: PageRank over the graph of sentences that share content words (Mihalcea &
 * Tarau 2004). A score of 0.15 says that a sentence is like no other; they average at most 1. A text of over 1,000
 * sentences is ranked in blocks of 1,000 first (twice as many as are wanted, where that is more), and then the best of
 * all blocks, again up to 1,000, against each other: memory is bounded and time grows with the length of the text.
 * @example await textRank(winkSentences).generate([article], { sentences: 3 })
 */
export function textRank(split: SplitSentences): TextGenerator {
  return extractiveSummarizer(card, split, rankByCentrality);
}

async function rankByCentrality(
  sentences: readonly Span[],
  wanted: number,
  options: CallOptions,
): Promise<readonly ScoredSpan[]> {
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
      best.push(...mostCentral(candidates.slice(start, start + blockSize), kept));
    }
    candidates = best.sort((a, b) => a.start - b.start);
  }
  return mostCentral(candidates, wanted);
}

/** The sentences with the highest scores, best first; of equal ones the earlier. */
function mostCentral(sentences: readonly Span[], wanted: number): ScoredSpan[] {
  const similarity = sentenceSimilarity(sentences.map(({ text }) => contentWords(text)));
  const scores = pageRank(similarity, sentences.length);
  return sentences
    .map((sentence, i) => ({ ...sentence, score: scores[i] }))
    .sort((a, b) => b.score - a.score)
    .slice(0, wanted);
}
