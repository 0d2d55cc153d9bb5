import { BifocalError } from "@bifocal/contracts";
import type { FeatureRow } from "./vocabulary.js";

/** Labelled rows of presence features: row `i` has the columns `indices[offsets[i]]` to `indices[offsets[i + 1] - 1]`. */
export interface SparseDataset {
  readonly rows: number;
  readonly columns: number;
  readonly offsets: Uint32Array;
  readonly indices: Uint32Array;
  /** Number of each row's label in `labels`. */
  readonly targets: Uint32Array;
  /** In order of code units. */
  readonly labels: readonly string[];
}

/** The distinct labels, in order of code units. @throws {BifocalError} `invalid-input` for fewer than two. */
export function labelsOf(items: readonly { readonly label: string }[]): string[] {
  const labels = [...new Set(items.map(({ label }) => label))].sort();
  if (labels.length >= 2) return labels;
  const found = labels.length === 0 ? "none" : `only "${labels[0]}"`;
  throw new BifocalError("invalid-input", `A classifier needs texts of at least two labels; there is ${found}.`);
}

/** Gathers rows and their labels. */
export function sparseDataset(
  rows: readonly FeatureRow[],
  columns: number,
  items: readonly { readonly label: string }[],
): SparseDataset {
  const labels = labelsOf(items);
  const number = new Map(labels.map((label, i) => [label, i]));
  const offsets = new Uint32Array(rows.length + 1);
  for (const [i, { indices }] of rows.entries()) offsets[i + 1] = offsets[i] + indices.length;
  const indices = new Uint32Array(offsets[rows.length]);
  for (const [i, row] of rows.entries()) indices.set(row.indices, offsets[i]);
  return {
    rows: rows.length,
    columns,
    offsets,
    indices,
    targets: Uint32Array.from(items, ({ label }) => number.get(label) as number),
    labels,
  };
}
