import {
  BifocalError,
  type CallOptions,
  type Classifier,
  type Density,
  type Model,
  type Tagger,
  type TextGenerator,
} from "@bifocal/contracts";
import { askBatch } from "./ask.js";
import { batches } from "./batches.js";
import { classifierProtocol, type LabelledText } from "./classifier-protocol.js";
import { densityProtocol } from "./density-protocol.js";
import type {
  ClassifierMetricName,
  DensityMetricName,
  SummarizerMetricName,
  TaggerMetricName,
  TranslatorMetricName,
} from "./metrics/metrics.js";
import type { Scope, Scoring } from "./protocol.js";
import { type TaggedTokens, taggerProtocol } from "./tagger-protocol.js";
import { createTally, type Scored } from "./tally.js";
import {
  type SummarizedText,
  summarizerProtocol,
  type TranslatedText,
  translatorProtocol,
  type WritingOptions,
  writingOf,
} from "./writer-protocols.js";

/** Items to score on, read once. */
export type Items<Item> = Iterable<Item> | AsyncIterable<Item>;

/** How a model is measured on items. */
export interface EvaluateOptions extends CallOptions, Scope {
  /** How many items the model is asked at once (1 or more). Default 64. */
  readonly batchSize?: number;
  /** Called after each batch with how many items are done. */
  readonly onProgress?: (done: number) => void;
}

/** A model's scores on some items. Plain data, free of NaN. */
export interface Evaluation<Name extends string = string> extends Scored<Name> {
  /** Id of the model. */
  readonly model: string;
  readonly items: number;
  /** What the model took to answer, without reading and scoring. */
  readonly milliseconds: number;
}

/**
 * A classifier's accuracy, macro-F1 and log-loss. Items are read once, a batch at a time; memory does not grow with them.
 * A gold label that the model cannot give counts as wrong, and is listed under `unknownLabels`.
 * @throws {BifocalError} `invalid-input` where there are no items or the model knows none of their labels; `aborted`;
 *   and whatever the model throws.
 * @example
 * const { scores } = await evaluateClassifier(model, [{ text: "a fine film", label: "positive" }]);
 * scores.accuracy; // 1
 */
export function evaluateClassifier(
  model: Classifier,
  items: Items<LabelledText>,
  options: EvaluateOptions = {},
): Promise<Evaluation<ClassifierMetricName>> {
  return evaluate(classifierProtocol, model, items, options);
}

/**
 * A tagger's precision, recall and F1 over entities, on the tokens as given: nothing is tokenized again. `byLabel` has
 * them by type. An entity of a type that the model cannot give counts as missed, and is listed under `unknownLabels`;
 * one that it marks of a type that the data does not have counts as wrong, unless `labels` leaves the type out.
 * @throws {BifocalError} as `evaluateClassifier`, and `invalid-input` where tags are not IOB2 or not one a token.
 * @example
 * const { scores } = await evaluateTagger(model, [{ tokens: ["Ada", "slept"], tags: ["B-PER", "O"] }]);
 */
export function evaluateTagger(
  model: Tagger,
  items: Items<TaggedTokens>,
  options: EvaluateOptions = {},
): Promise<Evaluation<TaggerMetricName>> {
  return evaluate(taggerProtocol, model, items, options);
}

/**
 * A summarizer's ROUGE-1, 2 and L, stemmed, by the best of each text's summaries.
 * @throws {BifocalError} as `evaluateClassifier`, and `invalid-input` where a text has no summary.
 * @example
 * const { scores } = await evaluateSummarizer(model, [{ text, summaries: ["Cats purr."] }], { sentences: 1 });
 */
export async function evaluateSummarizer(
  model: TextGenerator,
  items: Items<SummarizedText>,
  options: EvaluateOptions & WritingOptions = {},
): Promise<Evaluation<SummarizerMetricName>> {
  return evaluate(summarizerProtocol(writingOf(options)), model, items, options);
}

/**
 * A translator's BLEU and chrF, by sacreBLEU's counts.
 * @throws {BifocalError} as `evaluateClassifier`, and `invalid-input` where a text has no translation.
 * @example
 * const { scores } = await evaluateTranslator(model, [{ text: "Bonjour.", translations: ["Hello."] }], { sourceLanguage: "fr" });
 */
export async function evaluateTranslator(
  model: TextGenerator,
  items: Items<TranslatedText>,
  options: EvaluateOptions & WritingOptions = {},
): Promise<Evaluation<TranslatorMetricName>> {
  return evaluate(translatorProtocol(writingOf(options)), model, items, options);
}

/**
 * How well a generative model foretells texts: bits per byte of UTF-8, and perplexity per token, ends included. The first
 * can be compared between any models of text, the second between those that cut texts alike.
 * @throws {BifocalError} as `evaluateClassifier`.
 * @example const { scores } = await evaluateDensity(model, [{ text: "It was a dark night." }]);
 */
export function evaluateDensity(
  model: Model & Density,
  items: Items<{ readonly text: string }>,
  options: EvaluateOptions = {},
): Promise<Evaluation<DensityMetricName>> {
  return evaluate(densityProtocol, model, items, options);
}

async function evaluate<M extends Model, Item, Gold, Predicted, Name extends string>(
  scoring: Scoring<M, Item, Gold, Predicted, Name>,
  model: M,
  items: Items<Item>,
  { batchSize = 64, onProgress, ...options }: EvaluateOptions,
): Promise<Evaluation<Name>> {
  const tally = createTally(scoring, model, options);
  let done = 0;
  let milliseconds = 0;
  for await (const batch of batches(items, batchSize)) {
    const golds = batch.map((item, i) => scoring.goldOf(item, done + i, options));
    const start = performance.now();
    const answers = await askBatch(scoring, model, batch, options);
    milliseconds += performance.now() - start;
    for (const [i, predicted] of answers.entries()) {
      tally.meet(batch[i] as Item, golds[i] as Gold);
      tally.add(golds[i] as Gold, predicted);
    }
    done += batch.length;
    onProgress?.(done);
  }
  requireItems(done);
  return { model: model.card.id, items: done, ...tally.result(), milliseconds };
}

/** @throws {BifocalError} `invalid-input` where there was nothing to score on. */
export function requireItems(items: number): void {
  if (items > 0) return;
  throw new BifocalError("invalid-input", "The test data holds no items; give at least one.");
}
