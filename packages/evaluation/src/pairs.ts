import type { ComparedPair } from "./comparison.js";
import { holm } from "./statistics/holm.js";
import { mcnemarExact } from "./statistics/mcnemar.js";

/** Counts, for every two models, the items that only one of them got right. */
export interface Pairs {
  /** Whether each model got an item right; undefined where it failed on it. */
  readonly add: (correct: readonly (boolean | undefined)[]) => void;
  readonly result: () => ComparedPair[];
}

export function createPairs(names: readonly string[]): Pairs {
  const pairs = names.flatMap((first, i) =>
    names.slice(i + 1).map((second, offset) => ({
      models: [first, second] as const,
      places: [i, i + 1 + offset] as const,
      counts: { items: 0, onlyFirstCorrect: 0, onlySecondCorrect: 0 },
    })),
  );
  return {
    add(correct) {
      for (const { places, counts } of pairs) {
        const [first, second] = places.map((place) => correct[place]);
        if (first === undefined || second === undefined) continue;
        counts.items++;
        counts.onlyFirstCorrect += Number(first && !second);
        counts.onlySecondCorrect += Number(second && !first);
      }
    },
    result() {
      const pValues = pairs.map(({ counts }) => mcnemarExact(counts.onlyFirstCorrect, counts.onlySecondCorrect));
      const adjusted = holm(pValues);
      return pairs.map(({ models, counts }, i) => ({
        models,
        ...counts,
        p: pValues[i] ?? 1,
        adjusted: adjusted[i] ?? 1,
      }));
    },
  };
}
