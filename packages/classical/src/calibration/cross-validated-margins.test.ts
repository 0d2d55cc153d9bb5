import { expect, test } from "vitest";
import { selectRows } from "../features/select-rows.js";
import { type SparseDataset, sparseDataset } from "../features/sparse-dataset.js";
import type { Progress } from "../learner.js";
import { crossValidatedMargins } from "./cross-validated-margins.js";
import { learnCalibration } from "./learn-calibration.js";

/** Row i has i + 1 in column i % 3. */
const labels = ["a", "b", "a", "b", "a", "a", "b", "a", "b", "a"];
const data: SparseDataset = {
  ...sparseDataset(
    labels.map((_, i) => ({ indices: Uint32Array.of(i % 3), values: Float32Array.of(i + 1) })),
    3,
    labels.map((label) => ({ label })),
  ),
  weights: Float32Array.from(labels, (_, i) => 10 * (i + 1)),
};

/** A "model" that only knows the values it was trained on; its two margins are the row's value and whether it knows it. */
function remember(seen: SparseDataset[]) {
  return (trained: SparseDataset) => {
    seen.push(trained);
    return ({ rows, values }: SparseDataset) => ({
      outputs: 2,
      values: Float64Array.from({ length: 2 * rows }, (_, i) =>
        i % 2 === 0 ? values[i >> 1] : Number(trained.values.includes(values[i >> 1])),
      ),
    });
  };
}

test("each row has the margins of a model that did not see it, in its place", async () => {
  const seen: SparseDataset[] = [];
  const margins = await crossValidatedMargins(data, remember(seen), 4, 1);
  expect(margins).toMatchObject({ outputs: 2, targets: data.targets, weights: data.weights });
  expect([...margins.values]).toEqual(labels.flatMap((_, i) => [i + 1, 0]));
  expect(seen).toHaveLength(4);
  for (const { labels: names, columns, rows, targets, values, weights, indices, offsets } of seen) {
    expect({ names, columns, size: values.length }).toEqual({ names: ["a", "b"], columns: 3, size: rows });
    for (let row = 0; row < rows; row++) {
      const i = values[offsets[row]] - 1;
      expect([indices[offsets[row]], targets[row], weights?.[row]]).toEqual([i % 3, data.targets[i], 10 * (i + 1)]);
    }
  }
});

test("every fold has a like share of each label, and the seed chooses which rows", async () => {
  const held = async (seed: number): Promise<string[]> => {
    const seen: SparseDataset[] = [];
    await crossValidatedMargins(data, remember(seen), 2, seed);
    return seen.map(({ values, targets }) => {
      expect(targets.filter((target) => target === 1)).toHaveLength(2);
      return values.join();
    });
  };
  expect(await held(1)).toEqual(await held(1));
  expect(await held(1)).not.toEqual(await held(2));
});

test("of more folds than rows, those that hold nothing out are not trained", async () => {
  const seen: SparseDataset[] = [];
  const { values } = await crossValidatedMargins(data, remember(seen), 100, 1);
  expect([...values]).toEqual(labels.flatMap((_, i) => [i + 1, 0]));
  // A fold holds out one row of a label at most.
  for (const { rows } of seen) expect([8, 9]).toContain(rows);
});

test("a row's fold does not depend on where it stands, or on how labels are called, and copies share one", async () => {
  const foldsOf = async (order: readonly number[], of = data): Promise<Map<number, number>> => {
    const seen: SparseDataset[] = [];
    await crossValidatedMargins(selectRows(of, order), remember(seen), 3, 1);
    const missing = ({ values }: SparseDataset) => [...of.values].filter((value) => !values.includes(value));
    return new Map(seen.flatMap((trained, fold) => missing(trained).map((value) => [value, fold] as const)));
  };
  const inOrder = labels.map((_, i) => i);
  const folds = await foldsOf(inOrder);
  expect(folds.size).toBe(10);
  expect(await foldsOf([...inOrder].reverse())).toEqual(folds);
  expect(await foldsOf([...inOrder, ...inOrder])).toEqual(folds);
  const renamed = { ...data, labels: ["y", "z"], targets: data.targets.map((target) => 1 - target) };
  expect(await foldsOf(inOrder, renamed)).toEqual(folds);
});

test("a label that stands on one row only cannot be held out", async () => {
  const one = { ...data, targets: data.targets.map((_, i) => Number(i === 0)) };
  await expect(crossValidatedMargins(one, remember([]), 2, 1)).rejects.toThrow('"b" has one');
});

test("a calibration is learned where the settings ask for one, and tells of its folds", async () => {
  const told: Progress[] = [];
  const onProgress = (progress: Progress) => told.push(progress);
  const learn = (calibration: string) =>
    learnCalibration(data, remember([]), { calibration, calibrationFolds: 3 }, { onProgress });
  expect(await learn("none")).toBeUndefined();
  expect(await learn("isotonic")).toMatchObject({ method: "isotonic", curves: [{}, {}] });
  expect(told).toEqual([1, 2, 3].map((iteration) => ({ iteration, iterations: 3, stage: "calibration" })));
});
