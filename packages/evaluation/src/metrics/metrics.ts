import type { Classifier, LogProbability, Tagger } from "@bifocal/contracts";
import type { Metric } from "../metric.js";
import { accuracy } from "./accuracy.js";
import { bleu } from "./bleu.js";
import { chrf } from "./chrf.js";
import type { Decision } from "./decision.js";
import { bitsPerByte, perplexity } from "./density.js";
import { entityF1, entityPrecision, entityRecall } from "./entities.js";
import { logLoss } from "./log-loss.js";
import { macroF1 } from "./macro-f1.js";
import { rouge } from "./rouge.js";
import type { Tagged } from "./tagged.js";
import { tokenAccuracy } from "./token-accuracy.js";

/** Every metric of classifiers, in the order in which they are shown. Adding one is a line. */
export const classifierMetrics = { accuracy, macroF1, logLoss } satisfies Record<
  string,
  Metric<string, Decision, Classifier>
>;

/** Every metric of taggers, in the order in which they are shown. Adding one is a line. */
export const taggerMetrics = {
  precision: entityPrecision,
  recall: entityRecall,
  f1: entityF1,
  tokenAccuracy,
} satisfies Record<string, Metric<Tagged, Tagged, Tagger>>;

/** Every metric of summarizers, in the order in which they are shown. Adding one is a line. */
export const summarizerMetrics = {
  rouge1: rouge({ variant: 1 }),
  rouge2: rouge({ variant: 2 }),
  rougeL: rouge({ variant: "L" }),
} satisfies Record<string, Metric<readonly string[], string>>;

/** Every metric of translators, in the order in which they are shown. Adding one is a line. */
export const translatorMetrics = { bleu: bleu(), chrf: chrf() } satisfies Record<
  string,
  Metric<readonly string[], string>
>;

/** Every metric of what says how likely a text is, in the order in which they are shown. Adding one is a line. */
export const densityMetrics = { bitsPerByte, perplexity } satisfies Record<string, Metric<string, LogProbability>>;

/** A metric of classifiers, by name. */
export type ClassifierMetricName = keyof typeof classifierMetrics;
/** A metric of taggers, by name. */
export type TaggerMetricName = keyof typeof taggerMetrics;
/** A metric of summarizers, by name. */
export type SummarizerMetricName = keyof typeof summarizerMetrics;
/** A metric of translators, by name. */
export type TranslatorMetricName = keyof typeof translatorMetrics;
/** A metric of what says how likely a text is, by name. */
export type DensityMetricName = keyof typeof densityMetrics;
