export type { LabelledText } from "./classifier-protocol.js";
export {
  compareClassifiers,
  compareDensities,
  compareSummarizers,
  compareTaggers,
  compareTranslators,
} from "./compare.js";
export type { CompareOptions } from "./compare-by.js";
export type {
  ComparedDifference,
  ComparedModel,
  ComparedPair,
  Comparison,
  Disagreement,
  Failure,
  NamedModel,
  Proportion,
  Resampling,
} from "./comparison.js";
export {
  type EvaluateOptions,
  type Evaluation,
  evaluateClassifier,
  evaluateDensity,
  evaluateSummarizer,
  evaluateTagger,
  evaluateTranslator,
  type Items,
} from "./evaluate.js";
export {
  type CurvePoint,
  type Learner,
  type LearningCurve,
  type LearningCurveOptions,
  learningCurve,
} from "./learning-curve.js";
export { addCounts, type Counts, type Metric } from "./metric.js";
export { type BleuOptions, bleu } from "./metrics/bleu.js";
export { type ChrfOptions, chrf } from "./metrics/chrf.js";
export type { Decision } from "./metrics/decision.js";
export { type LabelScores, scoresByLabel } from "./metrics/label-counts.js";
export {
  type ClassifierMetricName,
  classifierMetrics,
  type DensityMetricName,
  densityMetrics,
  type SummarizerMetricName,
  summarizerMetrics,
  type TaggerMetricName,
  type TranslatorMetricName,
  taggerMetrics,
  translatorMetrics,
} from "./metrics/metrics.js";
export { type RougeOptions, type RougeScore, rouge, rougeScore } from "./metrics/rouge.js";
export type { Answer, Scope } from "./protocol.js";
export { renderJson, renderMarkdown, renderText } from "./report/render.js";
export type { DataFile, Provenance, Report } from "./report/report.js";
export { type BootstrappedScore, bootstrap } from "./statistics/bootstrap.js";
export { holm } from "./statistics/holm.js";
export { mcnemarExact } from "./statistics/mcnemar.js";
export { normalQuantile } from "./statistics/normal-quantile.js";
export { type PairedDifference, pairedBootstrap } from "./statistics/paired-bootstrap.js";
export type { BootstrapOptions } from "./statistics/resample.js";
export { type Interval, wilsonInterval } from "./statistics/wilson.js";
export type { TaggedTokens } from "./tagger-protocol.js";
export type { Scored } from "./tally.js";
export type { SummarizedText, TranslatedText, WritingOptions } from "./writer-protocols.js";
