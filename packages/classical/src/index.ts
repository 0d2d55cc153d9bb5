export { type Calibration, type CalibrationMethod, calibrate, fitCalibration } from "./calibration/calibration.js";
export type { Curve } from "./calibration/isotonic.js";
export type { LabelledMargins, Margins } from "./calibration/margins.js";
export type { Sigmoid } from "./calibration/platt.js";
export { clusterKey } from "./clusters/cluster-key.js";
export { type ClusterOptions, learnClusters, type WordClusters } from "./clusters/learn-clusters.js";
export type { LinearParams, Link } from "./discriminative/linear-params.js";
export { type OnlineLinear, type OnlineLinearOptions, onlineLinear } from "./discriminative/online-linear.js";
export {
  type LinearOptions,
  type LinearWeights,
  type TrainedLinear,
  trainLinear,
} from "./discriminative/train-linear.js";
export { tokenFeaturesOf } from "./export/export-chain.js";
export { type ExportOptions, exportOnnx } from "./export/export-onnx.js";
export {
  defaultSummaryLength,
  extractiveSummarizer,
  type RankSentences,
  type SplitSentences,
} from "./extractive/extractive-summarizer.js";
export { lead } from "./extractive/lead.js";
export { type LexRankOptions, lexRank } from "./extractive/lexrank.js";
export { textRank } from "./extractive/textrank.js";
export { createRowLearner, type LearnedRows, learnRows, type RowLearner } from "./features/learn-rows.js";
export { type Occurrence, occurrenceReader, rowReader, type TextRow } from "./features/row-reader.js";
export { type SparseDataset, valueAt } from "./features/sparse-dataset.js";
export type { TextFeatures, TextLearning } from "./features/text-features.js";
export { columnsOf, type TextReading, termsOf } from "./features/text-params.js";
export { type TokenBounds, type Tokenizer, tokenBounds } from "./features/tokenizers/tokenizer.js";
export { tokenize, tokenizerNamed, tokenizers } from "./features/tokenizers/tokenizers.js";
export * from "./generative/bayesian-network/index.js";
export type { HiddenMarkovModel, TaggedSample } from "./generative/hmm.js";
export { trainHmmUnsupervised, type UnsupervisedSettings } from "./generative/hmm-unsupervised.js";
export { type GenerativeNaiveBayes, type GenerativeParams, naiveBayes } from "./generative/naive-bayes.js";
export {
  type CountedRows,
  type CounterOptions,
  type NaiveBayesCounter,
  naiveBayesCounter,
} from "./generative/naive-bayes-counter.js";
export type { NaiveBayesCounts, NaiveBayesEvent } from "./generative/naive-bayes-counts.js";
export type { NaiveBayesParams } from "./generative/naive-bayes-model.js";
export type { SampledRow, SampleOptions } from "./generative/naive-bayes-sample.js";
export { writeArpa } from "./generative/ngram-arpa.js";
export { pruneByEntropy } from "./generative/ngram-entropy.js";
export { readArpa } from "./generative/ngram-read-arpa.js";
export {
  type Perplexity,
  perplexityOf,
  type SentenceScore,
  scoreSentence,
  trainBackoffNgrams,
  type WordNgramOptions,
  type WordNgrams,
  wordReader,
} from "./generative/ngram-words.js";
export * from "./learner.js";
export * from "./learners.js";
export { intentNames } from "./lexical/intent-names.js";
export { joinTaggers } from "./lexical/join-taggers.js";
export {
  type NaturalLanguage,
  type NaturalLexicon,
  naturalLanguages,
  naturalLexicons,
} from "./lexical/natural-lexicons.js";
export { naturalSentiment } from "./lexical/natural-sentiment.js";
export { promptWords } from "./lexical/prompt-words.js";
export { spamSigns } from "./lexical/spam-signs.js";
export { topicKeywords } from "./lexical/topic-keywords.js";
export { winkEntities } from "./lexical/wink-entities.js";
export { winkReview } from "./lexical/wink-review.js";
export { winkSentences } from "./lexical/wink-sentences.js";
export { winkSentiment } from "./lexical/wink-sentiment.js";
export { decodeModel, type EncodeOptions, encodeModel, type Params, type SavedModel } from "./model-file.js";
export { int8Weights } from "./pruning/int8-weights.js";
export { type PrunedModel, type PruneOptions, pruneModel } from "./pruning/prune-model.js";
export { type CheckMemoryOptions, checkMemory, type MemoryLimits, memoryLimits } from "./training/check-memory.js";
export {
  type CrossValidateOptions,
  type CrossValidation,
  crossValidate,
  type FoldOptions,
  type FoldResult,
} from "./training/cross-validate.js";
export { checkMetric } from "./training/judge.js";
export type { MemoryEstimate } from "./training/memory-estimate.js";
export { defaultMetrics, type Scores, type TrainingMetric, trainingMetrics } from "./training/metrics.js";
export { type PartialTraining, type PartialTrainingOptions, trainPartially } from "./training/partial-training.js";
export type { TrialsOptions } from "./training/run-trials.js";
export { scoreModel } from "./training/score-model.js";
export { type Search, type SearchOptions, type SearchTrial, searchSettings } from "./training/search-settings.js";
export type { SearchRange, SearchSpace, SearchValues } from "./training/search-space.js";
export type { CardOptions, TrainingOptions, TrainOptions } from "./training/train-options.js";
