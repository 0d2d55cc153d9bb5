import {
  BifocalError,
  type Classification,
  type Classifier,
  type Embedder,
  rankLabels,
  softmax,
  throwIfOver,
} from "@bifocal/contracts";
import { cosine } from "./embed.js";
import { type LabelOptions, labelTexts } from "./label-texts.js";

/** How labels become texts that an embedder compares with. */
export interface ZeroShotOptions extends LabelOptions {
  /** What stands around a label's text, in place of `{}`. Default "{}". */
  readonly template?: string;
  /** Cosines are divided by it before the softmax: above 0; small makes sure, large makes even. Default 0.1. */
  readonly temperature?: number;
}

/**
 * A classifier that was trained on none of its labels: a text's label is the one whose text lies nearest to it. Its
 * probabilities are a softmax of cosines, and rank; they are not calibrated.
 * @param embedder stays the caller's: closing the classifier leaves it open
 * @throws {BifocalError} `invalid-input` for fewer than two labels, a temperature of 0, or a template without `{}`.
 * @example zeroShotByEmbedding(embedder, { labels: ["sports", "politics"], template: "This is about {}." })
 */
export function zeroShotByEmbedding(embedder: Embedder, options: ZeroShotOptions): Classifier {
  const { labels, texts } = labelTexts(options);
  const { temperature = 0.1 } = options;
  if (!(temperature > 0)) throw new BifocalError("invalid-input", "The temperature must be above 0.");
  let points: Promise<Float32Array[]> | undefined;

  /** Asked for once, and again where that failed. */
  async function labelPoints(): Promise<Float32Array[]> {
    points ??= embedder.embed(texts).then((embedded) => embedded.map(({ vector }) => vector));
    try {
      return await points;
    } catch (error) {
      points = undefined;
      throw error;
    }
  }

  return {
    card: { ...embedder.card, task: "text-classification", family: `${embedder.card.family}, zero-shot` },
    labels,
    scoreKind: "probability",
    async classify(given, callOptions) {
      throwIfOver(callOptions);
      if (given.length === 0) return [];
      const ofLabels = await labelPoints();
      const embedded = await embedder.embed(given, callOptions);
      return embedded.map(({ vector, model, usage }): Classification => {
        const scores = softmax(Float64Array.from(ofLabels, (label) => cosine(vector, label) / temperature));
        return { ...rankLabels(labels, scores), model, usage };
      });
    },
    async [Symbol.asyncDispose]() {},
  };
}
