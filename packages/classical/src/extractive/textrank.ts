import type { ModelCard, Span, TextGenerator } from "@bifocal/contracts";
import { extractiveSummarizer, type SplitSentences } from "./extractive-summarizer.js";
import { pageRank } from "./page-rank.js";
import { rankInBlocks } from "./rank-in-blocks.js";
import { contentWords, sentenceSimilarity } from "./sentence-similarity.js";

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
 * Tarau 2004). A score of 0.15 says that a sentence is like no other; they average at most 1. Long texts are ranked in
 * blocks, see `rankInBlocks`.
 * @example await textRank(winkSentences).generate([article], { sentences: 3 })
 */
export function textRank(split: SplitSentences): TextGenerator {
  return extractiveSummarizer(card, split, rankInBlocks(textRankScores));
}

/** PageRank over the sentences' similarities. */
function textRankScores(sentences: readonly Span[]): Float64Array {
  return pageRank(sentenceSimilarity(sentences.map(({ text }) => contentWords(text))), sentences.length);
}
