import { BifocalError, checkOptions, type TextGenerator } from "@bifocal/contracts";
import { type SummarizerMetricName, summarizerMetrics } from "./metrics/metrics.js";
import type { Scoring } from "./protocol.js";

/** A text and summaries of it, any of which would do. */
export interface SummarizedText {
  readonly text: string;
  readonly summaries: readonly string[];
}

/** How long summaries are. */
export interface SummaryLength {
  /** How many sentences a summary of an extractive model has. Default: the model's own. */
  readonly sentences?: number;
}

/** How summarizers are scored. @throws {BifocalError} `invalid-input` for a length that cannot be. */
export function summarizerScoring(
  length: SummaryLength,
): Scoring<TextGenerator, SummarizedText, readonly string[], string, SummarizerMetricName> {
  checkOptions("summarization", length);
  return {
    metrics: summarizerMetrics,
    ask: async (model, items, { signal }) => {
      const texts = items.map(({ text }) => text);
      const written = await model.generate(texts, { ...length, ...(signal && { signal }) });
      return written.map(({ text }) => text);
    },
    goldOf: ({ summaries }, index) => {
      if (summaries.length > 0) return summaries;
      throw new BifocalError("invalid-input", `Text ${index + 1} of the test data has no summary; give one or more.`);
    },
    textOf: ({ text }) => text,
  };
}
