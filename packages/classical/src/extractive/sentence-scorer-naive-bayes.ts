import type { SparseDataset } from "../features/sparse-dataset.js";
import type { Learner } from "../learner.js";
import { edgesInOrder, type SentenceColumns } from "./sentence-columns.js";
import { learnSentenceRows, sentenceSettings } from "./sentence-rows.js";
import type { SentenceScorerParams } from "./sentence-scorer.js";

/**
 * A summarizer that keeps the sentences which naive Bayes finds likeliest to be in a summary (Kupiec, Pedersen & Chen
 * 1995): p(summary, row) = p(summary) · Π_j p(range of feature j | summary) · Π_c p(cue c is in it or not | summary), all
 * counted, with `smoothing` added to each count.
 */
export const sentenceScorerNaiveBayes: Learner<"summarized-texts"> = {
  name: "sentence-scorer-naive-bayes",
  family: "sentence scorer by naive Bayes",
  paradigm: "generative",
  tasks: ["summarization"],
  reads: "summarized-texts",
  settings: {
    ...sentenceSettings,
    smoothing: { type: "number", above: 0, max: 1000, default: 1, about: "added to every count" },
  },
  async train(items, settings, context): Promise<SentenceScorerParams> {
    const { columns, data } = await learnSentenceRows(items, settings, context);
    context.onProgress?.({ iteration: 1, iterations: 1 });
    return {
      kind: "sentence-scorer",
      version: 1,
      ...columns,
      ...countLogOdds(columns, data, settings.smoothing as number),
    };
  },
};

/** The log-odds of a summary as a sum over columns: what a cue's absence says is in the bias, and its presence takes it back. */
export function countLogOdds(
  columns: SentenceColumns,
  data: SparseDataset,
  smoothing: number,
): Pick<SentenceScorerParams, "weights" | "bias"> {
  const { rest, summary, counts } = countColumns(data);
  const logRatio = (column: number, values: number): number =>
    Math.log((counts.summary[column] + smoothing) / (summary + smoothing * values)) -
    Math.log((counts.rest[column] + smoothing) / (rest + smoothing * values));
  const weights = new Float32Array(data.columns);
  let bias = Math.log(summary / rest);
  let column = 0;
  for (const { length } of edgesInOrder(columns))
    for (const end = column + length + 1; column < end; column++) weights[column] = logRatio(column, length + 1);
  for (; column < data.columns; column++) {
    const absent =
      Math.log((summary - counts.summary[column] + smoothing) / (summary + smoothing * 2)) -
      Math.log((rest - counts.rest[column] + smoothing) / (rest + smoothing * 2));
    bias += absent;
    weights[column] = logRatio(column, 2) - absent;
  }
  return { weights, bias };
}

/** How many rows there are of each label, and in how many of them each column stands. */
function countColumns({ rows, columns, offsets, indices, targets }: SparseDataset) {
  const counts = { rest: new Float64Array(columns), summary: new Float64Array(columns) };
  let summary = 0;
  for (let row = 0; row < rows; row++) {
    summary += targets[row];
    const own = targets[row] === 1 ? counts.summary : counts.rest;
    for (let at = offsets[row]; at < offsets[row + 1]; at++) own[indices[at]]++;
  }
  return { rest: rows - summary, summary, counts };
}
