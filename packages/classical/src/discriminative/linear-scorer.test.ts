import fc from "fast-check";
import { expect, test } from "vitest";
import { linearScorer } from "./linear-scorer.js";

test("a row's outputs are its bias and the products with the weights, be few of them or many other than 0", () => {
  const models = fc.record({
    outputs: fc.integer({ min: 1, max: 5 }),
    numbers: fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 30, maxLength: 30 }),
    empty: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(models, ({ outputs, numbers, empty }) => {
      const weights = Float32Array.from({ length: 6 * outputs }, (_, i) =>
        ((i * 7) % 10) / 10 < empty ? 0 : numbers[i],
      );
      const bias = Float32Array.from({ length: outputs }, (_, i) => numbers[29 - i]);
      const row = { indices: Uint32Array.of(0, 2, 5, 1), values: Float32Array.of(1, 0.5, -2, 9), length: 3 };
      const expected = Array.from(
        bias,
        (b, o) => b + weights[o] + 0.5 * weights[2 * outputs + o] - 2 * weights[5 * outputs + o],
      );
      expect([...linearScorer({ weights, bias })(row)]).toEqual(expected);
    }),
  );
});
