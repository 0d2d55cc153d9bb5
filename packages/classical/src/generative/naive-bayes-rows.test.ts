import { readFileSync } from "node:fs";
import { seededRandom } from "@bifocal/contracts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type SparseDataset, type SparseRow, sparseDataset } from "../features/sparse-dataset.js";
import { countRows, naiveBayesCounter } from "./naive-bayes-counter.js";
import { type NaiveBayesEvent, narrowedEntries } from "./naive-bayes-counts.js";
import type { NaiveBayesOptions } from "./naive-bayes-linear.js";
import { denseWeights } from "./naive-bayes-linear.js";
import { linearForm, rowScorer } from "./naive-bayes-model.js";

interface Golden extends NaiveBayesOptions {
  readonly event: NaiveBayesEvent;
  readonly rows: readonly number[][];
  readonly asked: readonly number[][];
  readonly weights: readonly number[] | null;
  /** rows asked × labels */
  readonly joint: readonly number[][];
  readonly probabilities: readonly number[][];
}

/** Made by naive-bayes-goldens.py. */
const { targets, goldens }: { targets: readonly number[]; goldens: readonly Golden[] } = JSON.parse(
  readFileSync(new URL("naive-bayes-goldens.json", import.meta.url), "utf8"),
);

const events: readonly NaiveBayesEvent[] = ["multinomial", "bernoulli", "complement", "gaussian"];
const plain: NaiveBayesOptions = { smoothing: 1, priors: "data", normalizeWeights: false };

function sparse(dense: readonly number[]): SparseRow & { length: number } {
  const columns = dense.flatMap((value, column) => (value === 0 ? [] : [column]));
  const values = Float32Array.from(columns, (column) => dense[column]);
  return { indices: Uint32Array.from(columns), values, length: columns.length };
}

function datasetOf(
  rows: readonly (readonly number[])[],
  labels: readonly number[],
  weights?: readonly number[] | null,
) {
  const data = sparseDataset(
    rows.map(sparse),
    rows[0].length,
    labels.map((label) => ({ label: `${label}` })),
  );
  return weights ? { ...data, weights: Float32Array.from(weights) } : data;
}

describe.each(goldens)("$event, smoothing $smoothing, priors $priors, normalized $normalizeWeights", (golden) => {
  const { rows, asked, weights, event, joint, probabilities } = golden;
  const score = rowScorer({ ...golden, ...countRows(datasetOf(rows, targets, weights), event) });

  test("scores rows as scikit-learn does", () => {
    // The complement has no probability of a row: its scores are scikit-learn's but for a prior, the same for each label here.
    const prior = event === "complement" && !golden.normalizeWeights ? Math.log(joint[0].length) : 0;
    for (const [i, row] of asked.entries()) {
      const scores = score(sparse(row));
      for (const [label, expected] of joint[i].entries())
        expect((scores[label] + prior) / Math.max(1, Math.abs(expected))).toBeCloseTo(
          expected / Math.max(1, Math.abs(expected)),
          // Rows are in 32 bits here.
          5,
        );
    }
  });

  test("gives the probabilities that scikit-learn gives", () => {
    for (const [i, row] of asked.entries()) {
      const scores = score(sparse(row));
      const largest = Math.max(...scores);
      const shares = scores.map((each) => Math.exp(each - largest));
      const total = shares.reduce((sum, each) => sum + each, 0);
      for (const [label, expected] of probabilities[i].entries())
        expect(shares[label] / total).toBeCloseTo(expected, 5);
    }
  });
});

/** Rows of counts of so many labels, each label present. */
const someRowsOf = (count: number) =>
  fc
    .array(
      fc.tuple(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 4 }), fc.nat({ max: count - 1 })),
      { minLength: count, maxLength: 14 },
    )
    .map((rows) => ({ rows: rows.map(([row]) => row), labels: rows.map(([, label], i) => (i < count ? i : label)) }));
const someRows = someRowsOf(3);

function slice(data: SparseDataset, from: number, to: number): SparseDataset {
  const [start, end] = [data.offsets[from], data.offsets[to]];
  return {
    ...data,
    rows: to - from,
    offsets: data.offsets.slice(from, to + 1).map((offset) => offset - start),
    indices: data.indices.slice(start, end),
    values: data.values.slice(start, end),
    targets: data.targets.slice(from, to),
    ...(data.weights && { weights: data.weights.slice(from, to) }),
  };
}

describe.each(events)("%s", (event) => {
  test("rows that come a few at a time give what they give at once, to the bit, also with parts of numbers and weights", () => {
    const random = seededRandom(5);
    fc.assert(
      fc.property(someRows, fc.array(fc.nat({ max: 14 }), { maxLength: 3 }), ({ rows, labels }, cuts) => {
        const parts = rows.map((row) => row.map((value) => value * random()));
        const data = datasetOf(
          parts,
          labels,
          labels.map(() => random() + 0.1),
        );
        const edges = [0, ...cuts.map((cut) => Math.min(cut, data.rows)), data.rows].sort((a, b) => a - b);
        const counter = naiveBayesCounter({ event, columns: data.columns, labels: data.labels });
        for (let i = 1; i < edges.length; i++) {
          const piece = slice(data, edges[i - 1], edges[i]);
          counter.partialFit(piece, piece.targets);
        }
        const whole = countRows(data, event);
        expect(counter.params()).toEqual(whole);
        const goneOn = naiveBayesCounter({ event, columns: data.columns, labels: data.labels, from: whole });
        goneOn.partialFit(data, data.targets);
        counter.partialFit(data, data.targets);
        expect(goneOn.params()).toEqual(counter.params());
      }),
      { numRuns: 50 },
    );
  });

  test("a row of weight 2 counts as much as the row twice", () => {
    fc.assert(
      fc.property(someRows, ({ rows, labels }) => {
        const weighted = countRows(
          datasetOf(
            rows,
            labels,
            rows.map((_, i) => 1 + (i % 2)),
          ),
          event,
        );
        const twice = (_: unknown, i: number) => (i % 2 === 0 ? [i] : [i, i]);
        const written = rows.flatMap(twice);
        const repeated = countRows(
          datasetOf(
            written.map((i) => rows[i]),
            written.map((i) => labels[i]),
          ),
          event,
        );
        expect(weighted.documents).toEqual(repeated.documents);
        for (const [i, count] of weighted.counts.entries()) expect(count).toBeCloseTo(repeated.counts[i], 8);
      }),
    );
  });

  test("an incremental form wants labels and columns that there are, finite values, and a row of every label", () => {
    const data = datasetOf(
      [
        [1, 0],
        [0, 1],
      ],
      [0, 1],
    );
    const counter = naiveBayesCounter({ event, columns: 2, labels: ["0", "1", "2"] });
    counter.partialFit(data, data.targets);
    expect(() => counter.params()).toThrow('No row of the label "2"');
    const refused = expect.objectContaining({ code: "invalid-input" });
    expect(() => counter.partialFit(data, [0, 3])).toThrow(refused);
    expect(() => counter.partialFit(data, [0])).toThrow(refused);
    expect(() => counter.partialFit({ ...data, indices: Uint32Array.of(0, 2) }, [0, 1])).toThrow(refused);
    expect(() => counter.partialFit({ ...data, values: Float32Array.of(1, Number.NaN) }, [0, 1])).toThrow(refused);
    expect(() => counter.partialFit({ ...data, weights: Float32Array.of(1, 0) }, [0, 1])).toThrow(refused);
    counter.partialFit(data, [2, 2]);
    const from = counter.params();
    expect([...from.documents]).toEqual([1, 1, 2]);
    expect(() => naiveBayesCounter({ event, columns: 2, labels: ["0", "1"], from })).toThrow(refused);
    expect(() => naiveBayesCounter({ event, columns: 3, labels: ["0", "1", "2"], from })).toThrow(refused);
  });
});

test("multinomial counts refuse values below 0; a Gaussian takes them", () => {
  const data = datasetOf(
    [
      [-1, 0],
      [0, 1],
    ],
    [0, 1],
  );
  expect(() => countRows(data, "multinomial")).toThrow("finite values of 0 or more");
  expect([...countRows(data, "gaussian").counts]).toEqual([1, -1, 0, 1, 1, 0]);
});

const linearEvents = ["multinomial", "bernoulli", "complement"] as const;

test.each(linearEvents.flatMap((event) => [2, 3, 4, 7].map((count) => [event, count] as const)))(
  "the %s scores are the row times dense weights, of %i labels",
  (event, count) => {
    fc.assert(
      fc.property(someRowsOf(count), ({ rows, labels }) => {
        const data = datasetOf(rows, labels);
        const options = { ...plain, normalizeWeights: event === "complement" };
        const params = { ...options, ...countRows(data, event) };
        const form = linearForm(params);
        if (form === undefined) throw new Error("not linear");
        const weights = denseWeights(form);
        const score = rowScorer(params);
        for (const row of rows) {
          const scores = score(sparse(row));
          for (const [label, bias] of form.bias.entries()) {
            const x = form.binary ? row.map((value) => Number(value > 0)) : row;
            const expected = x.reduce(
              (sum, value, column) => sum + value * weights[column * form.bias.length + label],
              bias,
            );
            expect(scores[label]).toBeCloseTo(expected, 9);
          }
        }
      }),
    );
  },
);

test.each(linearEvents)("%s counts in narrow types give the same scores, to the bit", (event) => {
  fc.assert(
    fc.property(someRowsOf(5), fc.constantFrom(1, 100, 100_000, 0.5), ({ rows, labels }, times) => {
      const counted = countRows(
        datasetOf(
          rows.map((row) => row.map((count) => count * times)),
          labels,
        ),
        event,
      );
      const score = rowScorer({ ...plain, ...counted });
      const scoreNarrowed = rowScorer({ ...plain, ...narrowedEntries(counted) });
      for (const row of rows) expect(scoreNarrowed(sparse(row))).toEqual(score(sparse(row)));
    }),
  );
});

test("the variance of values far from 0 is not lost", () => {
  const data = datasetOf([[30_000.5], [30_001.5], [1], [3]], [0, 0, 1, 1]);
  const { counts } = countRows(data, "gaussian");
  expect(counts[2]).toBeCloseTo(0.5, 9);
  expect(counts[5]).toBeCloseTo(2, 9);
});

test("a Gaussian over columns that never vary still gives finite scores", () => {
  const data = datasetOf([[1], [1]], [0, 1]);
  const score = rowScorer({ ...plain, smoothing: 1e-9, ...countRows(data, "gaussian") });
  expect(score(sparse([2])).every(Number.isFinite)).toBe(true);
});
