import fc from "fast-check";
import { expect, test } from "vitest";
import { randomDataset } from "../../testing/random-dataset.js";
import type { SparseDataset } from "../features/sparse-dataset.js";
import { type CondensedRows, condenseRows, expandWeights, plainRows } from "./condensed-rows.js";

const datasets = fc
  .record({
    rows: fc.integer({ min: 3, max: 12 }),
    columns: fc.integer({ min: 1, max: 30 }),
    labels: fc.constant(2),
    seed: fc.nat(),
    presence: fc.boolean(),
  })
  .map(randomDataset);

test("columns of one row alone become the row's own, of the length that they have together", () => {
  fc.assert(
    fc.property(datasets, (data) => {
      const { own, homes } = condenseRows(data);
      const rowsOf = new Map<number, Set<number>>();
      for (let row = 0; row < data.rows; row++)
        for (let k = data.offsets[row]; k < data.offsets[row + 1]; k++)
          rowsOf.set(data.indices[k], (rowsOf.get(data.indices[k]) ?? new Set()).add(row));
      let shared = 0;
      for (const [column, home] of homes.entries()) {
        const [row, ...others] = rowsOf.get(column) ?? [data.rows];
        expect(home).toBe(others.length > 0 ? data.rows + 1 + shared++ : row);
      }
      for (let row = 0; row < data.rows; row++) {
        const alone = entriesOf(data, row).filter(([column]) => rowsOf.get(column)?.size === 1);
        expect(own[row]).toBeCloseTo(Math.hypot(...alone.map(([, value]) => value)), 6);
      }
    }),
  );
});

test("where it is known which columns are shared, they become what they become where it is not", () => {
  fc.assert(
    fc.property(datasets, (data) => {
      const backwards = Uint32Array.from({ length: data.rows }, (_, row) => data.rows - 1 - row);
      const rowsWith = new Map<number, number>();
      for (const column of data.indices) rowsWith.set(column, (rowsWith.get(column) ?? 0) + 1);
      const byRows = Array.from({ length: data.columns }, (_, column) => column).sort(
        (a, b) => (rowsWith.get(b) ?? 0) - (rowsWith.get(a) ?? 0),
      );
      const sorted = { ...data, ...sortedColumns(data, byRows) };
      const sharedColumns = byRows.filter((column) => (rowsWith.get(column) ?? 0) > 1).length;
      expect(plain(condenseRows({ ...sorted, sharedColumns }, backwards))).toEqual(
        plain(condenseRows(sorted, backwards)),
      );
    }),
  );
});

/** The entries with other numbers of columns, `byRows[0]` becoming 0, in ascending order. */
function sortedColumns(data: SparseDataset, byRows: readonly number[]): Pick<SparseDataset, "indices" | "values"> {
  const entries = Array.from({ length: data.rows }, (_, row) =>
    entriesOf(data, row)
      .map(([column, value]) => [byRows.indexOf(column), value] as const)
      .sort(([a], [b]) => a - b),
  ).flat();
  return {
    indices: Uint32Array.from(entries, ([column]) => column),
    values: Float32Array.from(entries, ([, value]) => value),
  };
}

/** Lengths that were summed up in another order may differ in the last digits. */
const plain = ({ memory: _, own, ...rows }: CondensedRows) => ({
  ...Object.fromEntries(
    Object.entries(rows).map(([name, value]) => [name, typeof value === "number" ? value : [...value]]),
  ),
  own: Array.from(own, (each) => each.toPrecision(10)),
});

test("expanded weights give every row the output that its shared and own weights give, whatever their order", () => {
  fc.assert(
    fc.property(datasets, (data) => {
      const backwards = Uint32Array.from({ length: data.rows }, (_, row) => data.rows - 1 - row);
      for (const rows of [condenseRows(data), condenseRows(data, backwards), plainRows(data)]) {
        const shared = Float64Array.from({ length: rows.columns }, (_, i) => Math.sin(i + 1));
        const owned = rows.own.map((own, row) => (own === 0 ? 0 : Math.cos(row)));
        const weights = expandWeights(data, rows, [{ shared, owned }]);
        for (let row = 0; row < data.rows; row++) {
          let output = rows.own[row] * owned[row];
          for (let k = rows.offsets[row]; k < rows.offsets[row + 1]; k++)
            output += (rows.values.length === 0 ? 1 : rows.values[k]) * shared[rows.indices[k]];
          const expanded = entriesOf(data, rows.order[row]).reduce(
            (sum, [column, value]) => sum + value * weights[column],
            0,
          );
          expect(expanded).toBeCloseTo(output, 5);
        }
      }
    }),
  );
});

test("rows that share no column weigh their own, whatever stands in them", () => {
  const data: SparseDataset = {
    ...{ rows: 2, columns: 3, offsets: Uint32Array.of(0, 2, 3), indices: Uint32Array.of(0, 1, 2) },
    ...{ values: Float32Array.of(3, 4, 2), targets: Uint32Array.of(0, 1), labels: ["a", "b"] },
  };
  for (const given of [data, { ...data, sharedColumns: 0 }])
    expect([...expandWeights(given, condenseRows(given), [{ shared: [], owned: [10, 6] }])]).toEqual([6, 8, 6]);
});

test("several outputs are expanded side by side", () => {
  fc.assert(
    fc.property(datasets, (data) => {
      const rows = condenseRows(data);
      const outputs = [1, 2].map((factor) => ({
        shared: Float64Array.from({ length: rows.columns }, (_, i) => factor * (i + 1)),
        owned: rows.own.map((own) => factor * own),
      }));
      const apart = outputs.map((output) => expandWeights(data, rows, [output]));
      const together = expandWeights(data, rows, outputs);
      expect([...together]).toEqual([...apart[0]].flatMap((weight, column) => [weight, apart[1][column]]));
    }),
  );
});

function entriesOf(data: { offsets: Uint32Array; indices: Uint32Array; values: Float32Array }, row: number) {
  const entries: [column: number, value: number][] = [];
  for (let k = data.offsets[row]; k < data.offsets[row + 1]; k++) entries.push([data.indices[k], data.values[k]]);
  return entries;
}
