import { seededRandom } from "@bifocal/contracts";
import { type SparseDataset, sparseDataset } from "../src/features/sparse-dataset.js";

export interface RandomDataset {
  readonly rows: number;
  readonly columns: number;
  readonly labels: number;
  readonly seed: number;
  /** All values are 1; otherwise from -2 to 2. */
  readonly presence?: boolean;
  /** Share of columns that a row has; the later a column, the rarer, so that some are of one row alone. */
  readonly density?: number;
}

/** Rows for tests, in which a label's rows have its own columns a little more often than others do. */
export function randomDataset({ rows, columns, labels, seed, presence, density = 0.8 }: RandomDataset): SparseDataset {
  const random = seededRandom(seed);
  const items = Array.from({ length: rows }, (_, row) => ({ label: `label ${row < labels ? row : drawn()}` }));
  function drawn(): number {
    return Math.floor(random() * random() * labels);
  }
  const found = items.map(({ label }) => {
    const indices: number[] = [];
    for (let column = 0; column < columns; column++) {
      const own = column % labels === Number(label.slice(6)) ? 1.5 : 1;
      if (random() < (density * own) / (1 + column / 4)) indices.push(column);
    }
    return {
      indices: Uint32Array.from(indices),
      values: Float32Array.from(indices, () => (presence ? 1 : random() * 4 - 2)),
    };
  });
  return sparseDataset(found, columns, items);
}
