import type { Classifier } from "@bifocal/contracts";
import { classifierChecks } from "@bifocal/contracts/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sparseDataset } from "../features/sparse-dataset.js";
import type { LabelledText } from "../learner.js";
import { openModel, trainModel } from "../learners.js";
import type { LinearParams } from "./linear-params.js";
import { marginsOfRows } from "./margins-of-rows.js";
import { foldRatios, logCountRatios, scaledByRatios } from "./nbsvm-ratios.js";

const items: readonly LabelledText[] = [
  { text: "good film", label: "positive" },
  { text: "good good plot", label: "positive" },
  { text: "a warm and good story", label: "positive" },
  { text: "bad film", label: "negative" },
  { text: "a bad and cold story", label: "negative" },
];
const weather: readonly LabelledText[] = [
  ...items,
  { text: "cold rain", label: "weather" },
  { text: "warm rain and sun", label: "weather" },
];

/** Plain ratios of three words, to reckon by hand. */
const unigrams = { ngrams: 1 };

async function paramsOf(settings: Record<string, unknown>, from = items): Promise<LinearParams> {
  const { params } = await trainModel("nbsvm", from, { id: "mine", settings: { ...unigrams, ...settings } });
  return params as LinearParams;
}

async function train(settings: Record<string, unknown> = {}, from = items): Promise<Classifier> {
  return openModel(
    await trainModel("nbsvm", from, { id: "mine", settings: { ...unigrams, ...settings } }),
  ) as Classifier;
}

for (const { name, run } of classifierChecks(() => train())) test(`two labels: ${name}`, run);
for (const { name, run } of classifierChecks(() => train({ calibration: "platt", calibrationFolds: 2 }, weather)))
  test(`three labels, calibrated: ${name}`, run);

/** Rows over four columns, both labels present. */
const someData = fc
  .array(
    fc.tuple(
      fc.uniqueArray(fc.record({ column: fc.nat({ max: 3 }), value: fc.integer({ min: 1, max: 3 }) }), {
        selector: ({ column }) => column,
      }),
      fc.boolean(),
      fc.integer({ min: 1, max: 3 }),
    ),
    { minLength: 2, maxLength: 10 },
  )
  .map((rows) => {
    const labels = rows.map(([, isA], i) => ({ label: i === 0 || (i > 1 && isA) ? "a" : "b" }));
    const sparse = rows.map(([entries]) => {
      const sorted = entries.sort((one, other) => one.column - other.column);
      return {
        indices: Uint32Array.from(sorted, ({ column }) => column),
        values: Float32Array.from(sorted, ({ value }) => value),
      };
    });
    return { ...sparseDataset(sparse, 4, labels), weights: Float32Array.from(rows, ([, , weight]) => weight) };
  });

test("ratios are those of the paper, reckoned from dense rows", () => {
  fc.assert(
    fc.property(someData, fc.constantFrom(0.5, 1, 3), (data, smoothing) => {
      const sums = [new Array<number>(4).fill(smoothing), new Array<number>(4).fill(smoothing)];
      for (let row = 0; row < data.rows; row++)
        for (let k = data.offsets[row]; k < data.offsets[row + 1]; k++)
          sums[data.targets[row]][data.indices[k]] += data.weights[row] * data.values[k];
      const [b, a] = sums.map((each) => each.map((sum) => sum / each.reduce((all, one) => all + one, 0)));
      for (const [column, ratio] of logCountRatios(data, 0, smoothing).entries())
        expect(ratio).toBeCloseTo(Math.log(b[column] / a[column]), 10);
      for (const [column, ratio] of logCountRatios(data, 1, smoothing).entries())
        expect(ratio).toBeCloseTo(Math.log(a[column] / b[column]), 10);
    }),
  );
});

test("folded weights score plain rows as unfolded ones score the scaled rows", () => {
  fc.assert(
    fc.property(someData, fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 4, maxLength: 4 }), (data, some) => {
      const ratios = logCountRatios(data, 1, 1);
      const weights = Float32Array.from(some, (each) => each / 4);
      const bias = Float32Array.of(0.25);
      const { values: plain } = marginsOfRows(foldRatios({ weights, bias }, ratios, 1), data);
      const { values: scaled } = marginsOfRows({ weights, bias }, scaledByRatios(data, 1, ratios));
      for (const [row, margin] of plain.entries()) expect(margin).toBeCloseTo(scaled[row], 4);
    }),
  );
});

test("interpolated weights are drawn to their mean magnitude", () => {
  const trained = { weights: Float32Array.of(1, -2, 0, 5), bias: Float32Array.of(0) };
  const ratios = Float64Array.of(1, 1, 2, -1);
  // w̄ = 2: 0.75 · 2 + 0.25 · w, times the ratio.
  expect([...foldRatios(trained, ratios, 0.25).weights]).toEqual([1.75, 1, 3, -2.75]);
  expect([...foldRatios(trained, ratios, 0).weights]).toEqual([2, 2, 4, -2]);
});

test("without learned weights it weighs terms as naive Bayes does: by their ratios", async () => {
  const { weights, vocabulary: _, ...params } = await paramsOf({ interpolation: 0 });
  const naive = openModel(
    await trainModel("naive-bayes", items, { id: "mine", settings: { ...unigrams, priors: "uniform" } }),
  );
  const texts = items.map(({ text }) => text);
  const [byRatios, byBayes] = [
    await (await train({ interpolation: 0 })).classify(texts),
    await (naive as Classifier).classify(texts),
  ];
  const logOdds = byBayes.map(({ scores }) => Math.log(shareOf(scores, "positive") / shareOf(scores, "negative")));
  const margins = byRatios.map(({ scores }) => shareOf(scores, "positive"));
  for (const [i, margin] of margins.entries()) expect(margin / margins[0]).toBeCloseTo(logOdds[i] / logOdds[0], 4);
  expect(params.bias).toEqual(Float32Array.of(0));
  expect(weights.some((weight) => weight !== 0)).toBe(true);
});

function shareOf(scores: readonly { label: string; score: number }[], asked: string): number {
  return scores.find(({ label }) => label === asked)?.score ?? Number.NaN;
}

test("over two labels, each output is the one that two labels would give: it against the rest", async () => {
  const all = await paramsOf({}, weather);
  for (const [output, label] of all.labels.entries()) {
    const against = weather.map((item) => ({ ...item, label: item.label === label ? "z" : "rest" }));
    const alone = await paramsOf({}, against);
    for (const [column, weight] of alone.weights.entries())
      expect(all.weights[column * 3 + output]).toBeCloseTo(weight, 3);
  }
});

describe("scores", () => {
  test("are margins, whose sign decides", async () => {
    const model = await train();
    expect(model.scoreKind).toBe("margin");
    const [{ label, score, scores }] = await model.classify(["good story"]);
    expect({ label, sum: scores.reduce((sum, each) => sum + each.score, 0) }).toEqual({ label: "positive", sum: 0 });
    expect(score).toBeGreaterThan(0);
  });

  test.each(["platt", "isotonic", "temperature"])("are probabilities once calibrated by %s", async (calibration) => {
    const model = await train({ calibration, calibrationFolds: 2 });
    expect(model.scoreKind).toBe("probability");
    const results = await model.classify(["good story", "bad story"]);
    expect(results.map(({ scores }) => shareOf(scores, "positive") + shareOf(scores, "negative"))).toEqual([
      expect.closeTo(1, 12),
      expect.closeTo(1, 12),
    ]);
    expect(shareOf(results[0].scores, "positive")).toBeGreaterThanOrEqual(shareOf(results[1].scores, "positive"));
  });
});

test("an item of weight 2 counts as much as the item twice", async () => {
  const weighted = await paramsOf({ tolerance: 1e-8 }, [{ ...items[0], weight: 2 }, ...items.slice(1)]);
  const twice = await paramsOf({ tolerance: 1e-8 }, [items[0], ...items]);
  const byTerm = (params: LinearParams) => [...params.weights].sort((a, b) => a - b);
  for (const [i, weight] of byTerm(weighted).entries()) expect(weight).toBeCloseTo(byTerm(twice)[i], 3);
});

test("rare labels count as much as frequent ones where they are balanced", async () => {
  const times = (count: number, text: string, label: string) => Array.from({ length: count }, () => ({ text, label }));
  // Six of twelve of one label, three of four of the other.
  const uneven = [
    ...times(6, "film", "positive"),
    ...times(6, "good", "positive"),
    ...times(3, "film", "negative"),
    ...times(1, "bad", "negative"),
  ];
  const labelOf = async (classWeight: string) =>
    (await (await train({ interpolation: 1, classWeight }, uneven)).classify(["film"]))[0].label;
  expect(await labelOf("none")).toBe("positive");
  expect(await labelOf("balanced")).toBe("negative");
});

test.each([
  [{ loss: "hinge" }, 'loss cannot be "hinge"'],
  [{ calibration: "plat" }, 'Did you mean "platt"?'],
  [{ interpolation: 2 }, "interpolation must be a number from 0 to 1"],
])("the settings %j are refused", async (settings, message) => {
  await expect(train(settings)).rejects.toThrow(message);
});

test("training stops when it is told to", async () => {
  const signal = AbortSignal.abort();
  await expect(trainModel("nbsvm", weather, { id: "mine", signal })).rejects.toThrow(
    expect.objectContaining({ code: "aborted" }),
  );
});
