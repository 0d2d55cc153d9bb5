import { readFileSync } from "node:fs";
import { seededRandom } from "@bifocal/contracts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Calibration, type CalibrationMethod, calibrate, calibrates, fitCalibration } from "./calibration.js";
import { curveAt, fitIsotonic } from "./isotonic.js";
import type { BinaryMargins } from "./margins.js";
import { fitPlatt, sigmoidAt } from "./platt.js";
import { fitTemperature } from "./temperature.js";

interface Goldens {
  readonly binary: readonly {
    readonly margins: readonly number[];
    readonly targets: readonly number[];
    readonly weights: readonly number[];
    readonly asked: readonly number[];
    readonly platt: { readonly slope: number; readonly offset: number };
    readonly isotonic: readonly number[];
    readonly weightedIsotonic: readonly number[];
  }[];
  readonly several: readonly {
    readonly outputs: number;
    readonly margins: readonly number[];
    readonly targets: readonly number[];
    readonly temperature: number;
    readonly first: readonly number[];
  }[];
}

/** Made by calibration-goldens.py. */
const goldens: Goldens = JSON.parse(readFileSync(new URL("calibration-goldens.json", import.meta.url), "utf8"));

const methods: readonly CalibrationMethod[] = ["platt", "isotonic", "temperature"];

describe.each(goldens.binary)("margins of two labels", (golden) => {
  const { margins, targets, weights, asked } = golden;

  test("the sigmoid is scikit-learn's", () => {
    const { slope, offset } = fitPlatt({ margins, targets });
    // Its minimizer stops once the gradient is below 1e-5.
    expect(slope).toBeCloseTo(golden.platt.slope, 4);
    expect(offset).toBeCloseTo(golden.platt.offset, 4);
  });

  test("the isotonic curve is scikit-learn's, weighted or not", () => {
    const [plain, weighted] = [fitIsotonic({ margins, targets }), fitIsotonic({ margins, targets, weights })];
    for (const [i, margin] of asked.entries()) {
      expect(curveAt(plain, margin)).toBeCloseTo(golden.isotonic[i], 10);
      expect(curveAt(weighted, margin)).toBeCloseTo(golden.weightedIsotonic[i], 10);
    }
  });
});

test.each(goldens.several)("the temperature of $outputs outputs is what SciPy finds", (golden) => {
  const values = Float64Array.from(golden.margins);
  const calibration = fitCalibration("temperature", { outputs: golden.outputs, values, targets: golden.targets });
  expect(calibration).toEqual({ method: "temperature", temperature: expect.closeTo(golden.temperature, 5) });
  for (const [label, share] of calibrate(calibration, values.subarray(0, golden.outputs)).entries())
    expect(share).toBeCloseTo(golden.first[label], 6);
});

/** Some rows of two labels, with equal margins among them and both labels present. */
const someRows = fc
  .array(fc.tuple(fc.integer({ min: -8, max: 8 }), fc.integer({ min: 0, max: 1 }), fc.integer({ min: 1, max: 3 })), {
    minLength: 2,
    maxLength: 12,
  })
  .map((rows) => ({
    margins: rows.map(([margin]) => margin / 4),
    targets: rows.map(([, target], i) => (i < 2 ? i : target)),
    weights: rows.map(([, , weight]) => weight),
  }));

/** The same rows, each written out as often as it weighs. */
function writtenOut({ margins, targets, weights }: BinaryMargins & { weights: readonly number[] }): BinaryMargins {
  const rows = weights.flatMap((weight, row) => new Array<number>(weight).fill(row));
  return { margins: rows.map((row) => margins[row]), targets: rows.map((row) => targets[row]) };
}

test("an isotonic curve minimizes the squared error: no rising curve over the same margins is better", () => {
  fc.assert(
    fc.property(someRows, (rows) => {
      const curve = fitIsotonic(rows);
      const distinct = [...new Set(rows.margins)].sort((a, b) => a - b);
      const error = (probabilityAt: (margin: number) => number) =>
        rows.margins.reduce(
          (sum, margin, i) => sum + rows.weights[i] * (rows.targets[i] - probabilityAt(margin)) ** 2,
          0,
        );
      const least = error((margin) => curveAt(curve, margin));
      // Max–min formula (Robertson et al. 1988): max over starts of the min over ends of the mean between them.
      const meanOf = (from: number, to: number) => {
        const within = rows.margins.map((margin, i) => (margin >= from && margin <= to ? rows.weights[i] : 0));
        return within.reduce((sum, w, i) => sum + w * rows.targets[i], 0) / within.reduce((sum, w) => sum + w, 0);
      };
      for (const margin of distinct) {
        const best = Math.max(
          ...distinct
            .filter((from) => from <= margin)
            .map((from) => Math.min(...distinct.filter((to) => to >= margin).map((to) => meanOf(from, to)))),
        );
        expect(curveAt(curve, margin)).toBeCloseTo(best, 10);
      }
      expect(least).toBeLessThanOrEqual(error(() => 0.5) + 1e-12);
    }),
  );
});

test.each(methods)("%s: a row of weight 2 counts as much as the row twice", (method) => {
  fc.assert(
    fc.property(someRows, (rows) => {
      const [weighted, twice] = [rows, writtenOut(rows)].map((each) =>
        fitCalibration(method, {
          outputs: 1,
          values: Float64Array.from(each.margins),
          targets: each.targets,
          ...("weights" in each && { weights: each.weights as number[] }),
        }),
      );
      for (let margin = -2; margin <= 2; margin += 0.25) {
        const [, share] = calibrate(weighted, Float64Array.of(margin));
        expect(share).toBeCloseTo(calibrate(twice, Float64Array.of(margin))[1], 4);
      }
    }),
  );
});

test("Platt's sigmoid is where the gradient of its loss is 0, at any scale of the margins", () => {
  for (const scale of [1e-4, 1, 1e5]) {
    const margins = goldens.binary[1].margins.map((margin) => margin * scale);
    const { targets } = goldens.binary[1];
    const positive = targets.filter((target) => target === 1).length;
    const [high, low] = [(positive + 1) / (positive + 2), 1 / (targets.length - positive + 2)];
    const found = fitPlatt({ margins, targets });
    const errors = margins.map((margin, i) => sigmoidAt(found, margin) - (targets[i] === 1 ? high : low));
    expect(errors.reduce((sum, error) => sum + error, 0)).toBeCloseTo(0, 6);
    expect(errors.reduce((sum, error, i) => sum + (error * margins[i]) / scale, 0)).toBeCloseTo(0, 6);
  }
});

test("margins that tell the labels apart without a mistake give a temperature at the end of its range, and finite shares", () => {
  const apart = { outputs: 1, values: Float64Array.of(-1, -2, 1, 3), targets: [0, 0, 1, 1] };
  expect(fitTemperature(apart)).toBe(1e-3);
  expect(fitTemperature({ ...apart, targets: [1, 1, 0, 0] })).toBe(1e3);
  const sigmoid = fitPlatt({ margins: apart.values, targets: apart.targets });
  expect(sigmoidAt(sigmoid, 0.5)).toBeGreaterThan(0.5);
  expect(sigmoidAt(sigmoid, 1e9)).toBe(1);
});

test("several outputs, each calibrated against the rest, give shares that add up to 1", () => {
  const random = seededRandom(3);
  const targets = Array.from({ length: 90 }, (_, i) => i % 3);
  const values = Float64Array.from(
    { length: 270 },
    (_, i) => random() * 2 + Number(targets[Math.floor(i / 3)] === i % 3),
  );
  for (const method of methods) {
    const calibration = fitCalibration(method, { outputs: 3, values, targets });
    expect(calibrates(calibration, 3)).toBe(true);
    for (let row = 0; row < 90; row++) {
      const shares = calibrate(calibration, values.subarray(row * 3, row * 3 + 3));
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    }
  }
});

test("where every curve says 0, the labels share evenly", () => {
  const never = { margins: [0], probabilities: [0] };
  const shares = calibrate({ method: "isotonic", curves: [never, never, never, never] }, new Float64Array(4));
  expect([...shares]).toEqual([0.25, 0.25, 0.25, 0.25]);
});

test("nothing is learned from no rows, from margins that are not finite, or from rows without a target", () => {
  for (const method of methods)
    for (const [values, targets] of [
      [[], []],
      [
        [1, Number.NaN],
        [0, 1],
      ],
      [[1, 2], [1]],
    ])
      expect(() => fitCalibration(method, { outputs: 1, values: Float64Array.from(values), targets })).toThrow(
        expect.objectContaining({ code: "invalid-input" }),
      );
});

test("plain data of a file is a calibration only where its parts are there and in range", () => {
  const damaged: readonly unknown[] = [
    null,
    { method: "oracle" },
    { method: "temperature", temperature: 0 },
    { method: "platt", sigmoids: [{ slope: 1, offset: null }] },
    { method: "platt", sigmoids: [] },
    { method: "isotonic", curves: [{ margins: [1, 0], probabilities: [0, 1] }] },
    { method: "isotonic", curves: [{ margins: [0, 1], probabilities: [0, 2] }] },
    { method: "isotonic", curves: [{ margins: [], probabilities: [] }] },
  ];
  for (const each of damaged) expect(calibrates(each as Calibration, 1)).toBe(false);
  expect(calibrates({ method: "platt", sigmoids: [{ slope: 1, offset: 0 }] }, 1)).toBe(true);
});
