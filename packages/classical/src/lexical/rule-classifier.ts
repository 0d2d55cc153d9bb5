import {
  type CallOptions,
  type Classification,
  type Classifier,
  type ModelCard,
  rankLabels,
  throwIfAborted,
} from "@bifocal/contracts";

/** What a rule says of a text: a margin a label, in the order of the labels, and how many tokens it read for that. */
export interface RuleReading {
  readonly margins: readonly number[];
  readonly tokens: number;
}

/**
 * A classifier by rule. Scores are margins, no probabilities; of labels with the same margin the one that stands first
 * in `labels` comes first.
 */
export function ruleClassifier(
  card: ModelCard,
  labels: readonly string[],
  read: (text: string, options: CallOptions) => RuleReading | Promise<RuleReading>,
): Classifier {
  return {
    card,
    labels,
    scoreKind: "margin",
    async classify(texts, options = {}) {
      throwIfAborted(options.signal);
      const results: Classification[] = [];
      for (const text of texts) {
        throwIfAborted(options.signal);
        const { margins, tokens } = await read(text, options);
        const usage = { tokens, windows: 1, truncated: false };
        results.push({ ...rankLabels(labels, margins), model: card.id, usage });
      }
      return results;
    },
    async [Symbol.asyncDispose]() {},
  };
}

/** How far each of some counts is ahead of the best of the others: above 0 for one at most. */
export function leads(counts: readonly number[]): number[] {
  return counts.map((count, i) => count - Math.max(0, ...counts.filter((_, other) => other !== i)));
}
