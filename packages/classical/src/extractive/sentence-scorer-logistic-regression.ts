import { linearBytesPerWeight, linearSettings, trainBySettings } from "../discriminative/linear-settings.js";
import type { Learner } from "../learner.js";
import { learnSentenceRows, sentenceSettings } from "./sentence-rows.js";
import type { SentenceScorerParams } from "./sentence-scorer.js";

/**
 * A summarizer that keeps the sentences which logistic regression finds likeliest to be in a summary: the least of mean
 * −log p(in the summary or not | row) + (l2 / 2) ‖w‖² + l1 ‖w‖₁, over all sentences of the texts.
 */
export const sentenceScorerLogisticRegression: Learner<"summarized-texts"> = {
  name: "sentence-scorer-logistic-regression",
  family: "sentence scorer by logistic regression",
  paradigm: "discriminative",
  tasks: ["summarization"],
  reads: "summarized-texts",
  settings: {
    ...sentenceSettings,
    ...linearSettings,
    l2: { ...linearSettings.l2, default: 2e-3 },
    tolerance: { ...linearSettings.tolerance, default: 1e-7 },
  },
  bytesPerWeight: linearBytesPerWeight,
  async train(items, settings, context): Promise<SentenceScorerParams> {
    const { columns, data } = await learnSentenceRows(items, settings, context);
    const learned = ({ weights, bias }: { weights: Float32Array; bias: Float32Array }): SentenceScorerParams => ({
      kind: "sentence-scorer",
      version: 1,
      ...columns,
      weights,
      bias: bias[0],
    });
    const objective = { loss: "logistic", multiclass: "one-vs-rest" } as const;
    return learned(await trainBySettings(data, settings, objective, context, learned));
  },
};
