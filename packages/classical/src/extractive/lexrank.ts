import { BifocalError, type ModelCard, type Span, type TextGenerator } from "@bifocal/contracts";
import { extractiveSummarizer, type SplitSentences } from "./extractive-summarizer.js";
import { pageRank } from "./page-rank.js";
import { rankInBlocks } from "./rank-in-blocks.js";
import { contentWords } from "./sentence-similarity.js";
import { dotOfWords, weightWords } from "./weighted-words.js";

/** The settings of LexRank. */
export interface LexRankOptions {
  /**
   * Cosine, from 0 up to 1, above which two sentences are neighbours, all alike (the paper's LexRank, which uses 0.1);
   * without it every pair counts by its cosine (continuous LexRank).
   */
  readonly threshold?: number;
  /**
   * Share of a sentence's score that its neighbours give, from 0 to 1; the rest is spread evenly. Default 0.85: the paper,
   * which calls the rest d, takes 0.1 to 0.2 for it.
   */
  readonly damping?: number;
}

const card: ModelCard = {
  id: "lexrank-summary-en",
  task: "summarization",
  paradigm: "rule-based",
  family: "LexRank",
  languages: ["en"],
  licence: "MIT",
  source: "Erkan & Radev 2004, LexRank, JAIR 22; stop words of natural 8.1.1 (MIT)",
  trainedOn: [],
};

/**
 * The sentences that a random walk over alike sentences comes to most (Erkan & Radev 2004, equation 4 with a threshold,
 * equation 5 without): p(u) = (1 - damping) / n + damping · Σ_v sim(u, v) / Σ_z sim(z, v) · p(v), where sim is the cosine
 * of tf · idf, and 1 of a sentence and itself. The idf is of the text's own sentences, for the paper's is of a corpus.
 * Scores of a text of up to 1,000 sentences add up to 1; longer ones are ranked in blocks, see `rankInBlocks`.
 * @throws {BifocalError} `invalid-input` for a threshold or damping out of its range.
 * @example await lexRank(winkSentences, { threshold: 0.1 }).generate([article], { sentences: 3 })
 */
export function lexRank(split: SplitSentences, { threshold, damping = 0.85 }: LexRankOptions = {}): TextGenerator {
  if (!(damping >= 0 && damping <= 1))
    throw new BifocalError("invalid-input", `damping must be a number from 0 to 1, not ${damping}.`);
  if (threshold !== undefined && !(threshold >= 0 && threshold < 1))
    throw new BifocalError("invalid-input", `threshold must be a number from 0 to below 1, not ${threshold}.`);
  const score = (sentences: readonly Span[]): Float64Array => {
    const similarity = sentenceCosines(sentences.map(({ text }) => contentWords(text)));
    const edges = threshold === undefined ? similarity : similarity.map((cosine) => Number(cosine > threshold));
    return pageRank(edges, sentences.length, { damping }).map((each) => each / sentences.length);
  };
  return extractiveSummarizer(card, split, rankInBlocks(score));
}

/** The cosine of each pair of sentences (sentences × sentences, row by row), 1 on the diagonal. */
export function sentenceCosines(sentences: readonly (readonly string[])[]): Float64Array {
  const vectors = weightWords(sentences);
  const size = sentences.length;
  const cosines = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    cosines[a * size + a] = 1;
    for (let b = 0; b < a; b++) cosines[a * size + b] = cosines[b * size + a] = dotOfWords(vectors[a], vectors[b]);
  }
  return cosines;
}
