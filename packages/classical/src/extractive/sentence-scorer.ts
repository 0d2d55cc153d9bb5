import type { TextGenerator } from "@bifocal/contracts";
import type { ModelKind, OpenContext } from "../learner.js";
import { winkSentences } from "../lexical/wink-sentences.js";
import { type Params, unfitting } from "../model-file.js";
import { extractiveSummarizer, type RankSentences } from "./extractive-summarizer.js";
import { rangeColumns, type SentenceColumns, sentenceRowReader } from "./sentence-columns.js";
import { readSentences, sentenceFeatures } from "./sentence-features.js";

/**
 * A trained scorer of sentences, as plain data. By logistic regression and by naive Bayes alike, the log-odds that a
 * sentence is in the summary are the bias and the weights of its columns together: ln p(summary | row) / p(rest | row).
 */
export interface SentenceScorerParams extends Params, SentenceColumns {
  readonly kind: "sentence-scorer";
  readonly version: 1;
  /** Of each column; by naive Bayes the logarithm of p(column | summary) / p(column | rest). */
  readonly weights: Float32Array;
  readonly bias: number;
}

/** What opens sentence scorers, of either lens. */
export const sentenceScorerKind: ModelKind<SentenceScorerParams> = { version: 1, open: openSentenceScorer };

/**
 * A summarizer that writes the sentences which a trained scorer finds likeliest to be in a summary; the score of a
 * sentence is that probability.
 * @throws {BifocalError} `model-damaged` where the parts do not fit each other.
 */
function openSentenceScorer(params: SentenceScorerParams, { card, trainingTexts }: OpenContext): TextGenerator {
  if (!fits(params)) throw unfitting(card.id);
  return { ...extractiveSummarizer(card, winkSentences, rankByScore(params)), trainingTexts };
}

function rankByScore(params: SentenceScorerParams): RankSentences {
  const readRows = sentenceRowReader(params);
  return async (sentences, wanted) => {
    const rows = readRows(readSentences(sentences));
    const logOdds = rows.map((row) => row.reduce((sum, column) => sum + params.weights[column], params.bias));
    // By the log-odds: two probabilities may both be rounded to 1.
    return Array.from(sentences.keys())
      .sort((a, b) => logOdds[b] - logOdds[a])
      .slice(0, wanted)
      .map((i) => ({ ...sentences[i], score: 1 / (1 + Math.exp(-logOdds[i])) }));
  };
}

function fits({ edges, cues, weights, bias }: SentenceScorerParams): boolean {
  return (
    typeof edges === "object" &&
    edges !== null &&
    sentenceFeatures.every((name) => isAscending(edges[name])) &&
    Object.keys(edges).length === sentenceFeatures.length &&
    Array.isArray(cues) &&
    cues.every((cue) => typeof cue === "string") &&
    weights instanceof Float32Array &&
    weights.length === rangeColumns({ edges, cues }) + cues.length &&
    weights.every(Number.isFinite) &&
    Number.isFinite(bias)
  );
}

function isAscending(edges: unknown): boolean {
  return Array.isArray(edges) && edges.every((edge, i) => Number.isFinite(edge) && (i === 0 || edge > edges[i - 1]));
}
