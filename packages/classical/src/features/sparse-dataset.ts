import { BifocalError } from "@bifocal/contracts";

/**
 * Labelled rows: row `i` has the columns `indices[offsets[i]]` to `indices[offsets[i + 1] - 1]`, with the `values` there, or
 * 1 each.
 */
export interface SparseDataset {
  readonly rows: number;
  readonly columns: number;
  readonly offsets: Uint32Array;
  readonly indices: Uint32Array;
  /** Empty where every value is 1, as where words count by their presence: see `valueAt`. */
  readonly values: Float32Array;
  /** Number of each row's label in `labels`. */
  readonly targets: Uint32Array;
  /** In order of code units. */
  readonly labels: readonly string[];
  /** Where it is known: of the columns from that number on none is in two rows, and the columns of each row ascend. */
  readonly sharedColumns?: number;
  /** How much each row counts, above 0; 1 where absent. */
  readonly weights?: Float32Array;
}

/** The value of an entry of rows. */
export function valueAt(values: Float32Array, entry: number): number {
  return values.length === 0 ? 1 : values[entry];
}

/** The distinct labels, in order of code units. @throws {BifocalError} `invalid-input` for fewer than two. */
export function labelsOf(items: readonly { readonly label: string }[]): string[] {
  const labels = [...new Set(items.map(({ label }) => label))].sort();
  if (labels.length >= 2) return labels;
  const found = labels.length === 0 ? "none" : `only "${labels[0]}"`;
  throw new BifocalError("invalid-input", `A classifier needs texts of at least two labels; there is ${found}.`);
}

/** A row of features: columns, ascending, and what stands in each. */
export interface SparseRow {
  readonly indices: Uint32Array;
  readonly values: Float32Array;
}

/** Gathers rows and their labels. @throws {BifocalError} `invalid-input` for fewer than two labels. */
export function sparseDataset(
  rows: readonly SparseRow[],
  columns: number,
  items: readonly { readonly label: string }[],
): SparseDataset {
  const labels = labelsOf(items);
  const number = new Map(labels.map((label, i) => [label, i]));
  const offsets = new Uint32Array(rows.length + 1);
  for (const [i, { indices }] of rows.entries()) offsets[i + 1] = offsets[i] + indices.length;
  const indices = new Uint32Array(offsets[rows.length]);
  const values = new Float32Array(offsets[rows.length]);
  for (const [i, row] of rows.entries()) {
    indices.set(row.indices, offsets[i]);
    values.set(row.values, offsets[i]);
  }
  const targets = Uint32Array.from(items, ({ label }) => number.get(label) as number);
  return { rows: rows.length, columns, offsets, indices, values, targets, labels };
}
