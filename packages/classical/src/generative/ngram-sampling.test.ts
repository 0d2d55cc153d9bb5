import { seededRandom } from "@bifocal/contracts";
import { expect, test } from "vitest";
import { draw, type Sampling } from "./ngram-sampling.js";

const weights = Float64Array.of(0.1, 0, 0.4, 0.2, 0.1, 0.2);

/** How often each index is drawn, as a share. */
function shares(sampling: Sampling, draws = 20_000): number[] {
  const random = seededRandom(1);
  const counts = weights.map(() => 0);
  for (let i = 0; i < draws; i++) counts[draw(weights, sampling, random)]++;
  return Array.from(counts, (count) => count / draws);
}

function expectShares(sampling: Sampling, expected: readonly number[]): void {
  for (const [i, share] of shares(sampling).entries()) {
    if (expected[i] === 0) expect(share).toBe(0);
    else expect(Math.abs(share - (expected[i] ?? 0))).toBeLessThan(0.015);
  }
}

test("draws in proportion to the weights", () => expectShares({}, [0.1, 0, 0.4, 0.2, 0.1, 0.2]));

test("takes the heaviest without sampling", () => expectShares({ doSample: false }, [0, 0, 1, 0, 0, 0]));

test("sharpens and flattens", () => {
  const squares = 0.01 + 0.16 + 0.04 + 0.01 + 0.04;
  const expected = [0.01, 0, 0.16, 0.04, 0.01, 0.04].map((square) => square / squares);
  expectShares({ temperature: 0.5 }, expected);
  expectShares({ temperature: 0.001 }, [0, 0, 1, 0, 0, 0]);
  for (const [i, share] of shares({ temperature: 10 }).entries()) if (i !== 1) expect(share).toBeGreaterThan(0.15);
});

test("keeps the likeliest by number, ties in their order", () => {
  expectShares({ topK: 1 }, [0, 0, 1, 0, 0, 0]);
  expectShares({ topK: 2 }, [0, 0, 2 / 3, 1 / 3, 0, 0]);
  expectShares({ topK: 100 }, [0.1, 0, 0.4, 0.2, 0.1, 0.2]);
});

test("keeps the likeliest by the share that they hold", () => {
  expectShares({ topP: 0.3 }, [0, 0, 1, 0, 0, 0]);
  expectShares({ topP: 0.75 }, [0, 0, 0.5, 0.25, 0, 0.25]);
  expectShares({ topP: 1 }, [0.1, 0, 0.4, 0.2, 0.1, 0.2]);
  expectShares({ topK: 3, topP: 0.7 }, [0, 0, 2 / 3, 1 / 3, 0, 0]);
});
