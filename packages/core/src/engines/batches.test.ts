import fc from "fast-check";
import { expect, test } from "vitest";
import { batchesByLength } from "./batches.js";

test("puts rows of like length together", () => {
  expect(batchesByLength([5, 900, 6], { rows: 2, tokens: 1000 })).toEqual([[0, 2], [1]]);
});

test("puts every row in one batch, within the limits unless it is alone", () => {
  const limits = { rows: 4, tokens: 100 };
  fc.assert(
    fc.property(fc.array(fc.nat(150)), (lengths) => {
      const batches = batchesByLength(lengths, limits);
      expect(batches.flat().sort((a, b) => a - b)).toEqual([...lengths.keys()]);
      for (const batch of batches) {
        const longest = Math.max(...batch.map((row) => lengths[row] ?? 0));
        expect(batch.length <= limits.rows).toBe(true);
        expect(batch.length === 1 || batch.length * longest <= limits.tokens).toBe(true);
      }
    }),
  );
});
