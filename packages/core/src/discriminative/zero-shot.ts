import {
  BifocalError,
  type Classification,
  type Classifier,
  type Embedder,
  rankLabels,
  softmax,
  throwIfAborted,
} from "@bifocal/contracts";
import { cosine } from "./embed.js";

/** How labels become texts that a model compares with. */
export interface ZeroShotOptions {
  /** The labels, two or more; each may have a text that says it better than its name. */
  readonly labels: readonly string[] | Readonly<Record<string, string>>;
  /** What stands around a label's text, in place of `{}`. Default "{}". */
  readonly template?: string;
  /** Cosines are divided by it before the softmax: above 0; small makes sure, large makes even. Default 0.1. */
  readonly temperature?: number;
}

/**
 * A classifier that was trained on none of its labels: a text's label is the one whose text lies nearest to it. Its
 * probabilities are a softmax of cosines, and rank; they are not calibrated.
 * @param embedder stays the caller's: closing the classifier leaves it open
 * @throws {BifocalError} `invalid-input` for fewer than two labels, or a template without `{}`.
 * @example zeroShotByEmbedding(embedder, { labels: ["sports", "politics"], template: "This is about {}." })
 */
export function zeroShotByEmbedding(embedder: Embedder, options: ZeroShotOptions): Classifier {
  const { labels, texts } = labelTexts(options);
  const { temperature = 0.1 } = options;
  let points: Promise<Float32Array[]> | undefined;
  return {
    card: { ...embedder.card, task: "text-classification", family: `${embedder.card.family}, zero-shot` },
    labels,
    scoreKind: "probability",
    async classify(given, callOptions) {
      throwIfAborted(callOptions?.signal);
      if (given.length === 0) return [];
      points ??= embedder.embed(texts).then((embedded) => embedded.map(({ vector }) => vector));
      const ofLabels = await points;
      const embedded = await embedder.embed(given, callOptions);
      return embedded.map(({ vector, model, usage }): Classification => {
        const scores = softmax(Float64Array.from(ofLabels, (label) => cosine(vector, label) / temperature));
        return { ...rankLabels(labels, scores), model, usage };
      });
    },
    async [Symbol.asyncDispose]() {},
  };
}

function labelTexts({ labels: given, template = "{}", temperature = 1 }: ZeroShotOptions) {
  const named = Array.isArray(given) ? Object.fromEntries(given.map((label: string) => [label, label])) : given;
  const labels = Object.keys(named);
  if (labels.length < 2) throw new BifocalError("invalid-input", "A classifier needs at least two labels.");
  if (!template.includes("{}"))
    throw new BifocalError("invalid-input", 'The template needs "{}", where the label stands.');
  if (!(temperature > 0)) throw new BifocalError("invalid-input", "The temperature must be above 0.");
  return { labels, texts: Object.values(named).map((text: string) => template.replace("{}", () => text)) };
}
