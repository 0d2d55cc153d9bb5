import { type Embedder, type Embedding, throwIfOver } from "@bifocal/contracts";
import type { EmbeddingEngine } from "../engines/engine.js";

/** An embedder, on any engine that embeds; `normalize` makes every vector of length 1. */
export function createEmbedder(engine: EmbeddingEngine, card: Embedder["card"], { normalize = true } = {}): Embedder {
  return {
    card,
    dimensions: engine.dimensions,
    async embed(texts, options) {
      throwIfOver(options);
      if (texts.length === 0) return [];
      const embedded = await engine.embed(texts, options);
      return embedded.map(
        ({ vector, usage }): Embedding => ({
          vector: normalize ? normalized(vector) : vector,
          model: card.id,
          usage,
        }),
      );
    },
    [Symbol.asyncDispose]: () => engine.close(),
  };
}

/** What is 0 stays 0. */
function normalized(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((number) => number / length);
}

/** How alike two vectors are, from -1 to 1: the cosine of their angle, 0 where one of them is 0. */
export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [product, ofA, ofB] = [0, 0, 0];
  for (let d = 0; d < a.length; d++) {
    const [x, y] = [a[d] as number, b[d] as number];
    product += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return ofA === 0 || ofB === 0 ? 0 : product / Math.sqrt(ofA * ofB);
}

/** One of a list, and how alike it is to what was looked for. */
export interface Neighbour {
  readonly index: number;
  readonly score: number;
}

/**
 * The vectors of a list most alike to one, best first, of equal ones the first in the list.
 * @param count at most so many. Default 10
 * @example nearest(query.vector, embeddings.map(({ vector }) => vector), 3)
 */
export function nearest(query: ArrayLike<number>, list: readonly ArrayLike<number>[], count = 10): Neighbour[] {
  const scored = list.map((vector, index): Neighbour => ({ index, score: cosine(query, vector) }));
  return scored.sort((a, b) => b.score - a.score).slice(0, count);
}
