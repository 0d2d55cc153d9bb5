import type { Classifier, Density, Model, Tagger, TextGenerator } from "@bifocal/contracts";
import { classifierProtocol, type LabelledText } from "./classifier-protocol.js";
import { type CompareOptions, compareBy } from "./compare-by.js";
import type { Comparison, NamedModel } from "./comparison.js";
import { densityProtocol } from "./density-protocol.js";
import type { Items } from "./evaluate.js";
import type {
  ClassifierMetricName,
  DensityMetricName,
  SummarizerMetricName,
  TaggerMetricName,
  TranslatorMetricName,
} from "./metrics/metrics.js";
import { type TaggedTokens, taggerProtocol } from "./tagger-protocol.js";
import {
  type SummarizedText,
  summarizerProtocol,
  type TranslatedText,
  translatorProtocol,
  type WritingOptions,
  writingOf,
} from "./writer-protocols.js";

/**
 * Two or more classifiers on the same items: the scores of each with the Wilson interval of its accuracy, the exact
 * McNemar test of each pair, corrected by Holm, and the items on which they disagree. Items are read once; memory does
 * not grow with them. Where a batch fails, its items are asked one by one; those that fail are recorded as failures.
 * @throws {BifocalError} `invalid-input` for fewer than two models, two of one name, no items, or a model that knows
 *   none of their labels; `aborted`.
 * @example
 * const { models, pairs } = await compareClassifiers(
 *   [{ name: "logistic regression", model: first }, { name: "naive Bayes", model: second }], items);
 * pairs[0]?.adjusted; // how surprising their difference is
 */
export function compareClassifiers(
  models: readonly NamedModel<Classifier>[],
  items: Items<LabelledText>,
  options: CompareOptions<LabelledText> = {},
): Promise<Comparison<ClassifierMetricName>> {
  return compareBy(classifierProtocol, models, items, options);
}

/**
 * As `compareClassifiers`, for taggers. Precision, recall and F1 are no shares of independent items, so Wilson's interval
 * and McNemar's test are of the share of sentences whose entities are exactly the gold ones; F1 and the accuracy over
 * tokens have an interval, and a paired one of their difference, by drawing sentences anew (`pairedBootstrap`), for which
 * their counts of each sentence are kept.
 * @throws {BifocalError} as `compareClassifiers`, and `invalid-input` where tags are not IOB2 or not one a token.
 */
export function compareTaggers(
  models: readonly NamedModel<Tagger>[],
  items: Items<TaggedTokens>,
  options: CompareOptions<TaggedTokens> = {},
): Promise<Comparison<TaggerMetricName>> {
  return compareBy(taggerProtocol, models, items, options);
}

/**
 * Two or more summarizers on the same texts: ROUGE with its bootstrap interval, and of each pair by how much the second is
 * above the first, with the paired interval. Nothing is right or wrong, so there is no test of McNemar; counts of each
 * text are kept. `options` may say how all of them write: `sentences`, `maxNewTokens` and so on.
 * @throws {BifocalError} as `compareClassifiers`, and `invalid-input` where a text has no summary.
 * @example
 * const { differences } = await compareSummarizers(models, items, { sentences: 1 });
 * differences[0]; // { metric: "rouge1", difference: 0.07, low: 0.05, high: 0.09, … }
 */
export async function compareSummarizers(
  models: readonly NamedModel<TextGenerator>[],
  items: Items<SummarizedText>,
  options: CompareOptions<SummarizedText> & WritingOptions = {},
): Promise<Comparison<SummarizerMetricName>> {
  return compareBy(summarizerProtocol(writingOf(options)), models, items, options);
}

/**
 * As `compareSummarizers`, for translators: BLEU and chrF, computed anew from the counts of each draw.
 * @throws {BifocalError} as `compareClassifiers`, and `invalid-input` where a text has no translation.
 * @example await compareTranslators(models, [{ text: "Bonjour.", translations: ["Hello."] }], { sourceLanguage: "fr" });
 */
export async function compareTranslators(
  models: readonly NamedModel<TextGenerator>[],
  items: Items<TranslatedText>,
  options: CompareOptions<TranslatedText> & WritingOptions = {},
): Promise<Comparison<TranslatorMetricName>> {
  return compareBy(translatorProtocol(writingOf(options)), models, items, options);
}

/**
 * As `compareSummarizers`, for what says how likely texts are: bits per byte, of which less is better; perplexity beside
 * it, which is not compared, for models cut texts unlike. Disagreements are told with natural log-probabilities.
 * @throws {BifocalError} as `compareClassifiers`.
 */
export function compareDensities(
  models: readonly NamedModel<Model & Density>[],
  items: Items<{ readonly text: string }>,
  options: CompareOptions<{ readonly text: string }> = {},
): Promise<Comparison<DensityMetricName>> {
  return compareBy(densityProtocol, models, items, options);
}
