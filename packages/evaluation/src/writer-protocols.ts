import {
  BifocalError,
  type CallOptions,
  callOptions,
  checkOptions,
  type GenerateOptions,
  type TextGenerator,
} from "@bifocal/contracts";
import type { Metric } from "./metric.js";
import {
  type SummarizerMetricName,
  summarizerMetrics,
  type TranslatorMetricName,
  translatorMetrics,
} from "./metrics/metrics.js";
import type { Protocol } from "./protocol.js";

/** A text and summaries of it, any of which would do. */
export interface SummarizedText {
  readonly text: string;
  readonly summaries: readonly string[];
}

/** A text and translations of it, any of which would do. */
export interface TranslatedText {
  readonly text: string;
  readonly translations: readonly string[];
}

/** How models are told to write: `sentences`, `numBeams`, `sourceLanguage` and so on. Default: the model's own way. */
export type WritingOptions = Omit<GenerateOptions, keyof CallOptions>;

/** @throws {BifocalError} as `checkOptions`, for a way of writing that cannot be. */
export function summarizerProtocol(
  writing: WritingOptions,
): Protocol<TextGenerator, SummarizedText, readonly string[], string, SummarizerMetricName> {
  const referencesOf = ({ summaries }: SummarizedText) => summaries;
  return writerProtocol("summarization", "summary", summarizerMetrics, referencesOf, writing);
}

/** @throws {BifocalError} as `checkOptions`, for a way of writing that cannot be. */
export function translatorProtocol(
  writing: WritingOptions,
): Protocol<TextGenerator, TranslatedText, readonly string[], string, TranslatorMetricName> {
  const referencesOf = ({ translations }: TranslatedText) => translations;
  return writerProtocol("translation", "translation", translatorMetrics, referencesOf, writing);
}

function writerProtocol<Item extends { readonly text: string }, Name extends string>(
  task: "summarization" | "translation",
  noun: string,
  metrics: Readonly<Record<Name, Metric<readonly string[], string>>>,
  referencesOf: (item: Item) => readonly string[],
  writing: WritingOptions,
): Protocol<TextGenerator, Item, readonly string[], string, Name> {
  checkOptions(task, writing);
  return {
    contract: "text-generator",
    metrics,
    resampled: Object.keys(metrics) as Name[],
    ask: async (model, items, { signal }) => {
      const texts = items.map(({ text }) => text);
      const written = await model.generate(texts, { ...writing, ...(signal && { signal }) });
      return written.map(({ text }) => text);
    },
    goldOf: (item, index) => {
      const references = referencesOf(item);
      if (references.length > 0) return references;
      throw new BifocalError("invalid-input", `Text ${index + 1} of the test data has no ${noun}; give one or more.`);
    },
    show: (predicted) => predicted,
    showGold: (gold) => gold,
    textOf: ({ text }) => text,
  };
}

/** What of some options says how to write. */
export function writingOf(options: WritingOptions): WritingOptions {
  return Object.fromEntries(
    Object.entries(options).filter(
      ([name, value]) => value !== undefined && Object.hasOwn(callOptions["text-generator"], name),
    ),
  );
}
