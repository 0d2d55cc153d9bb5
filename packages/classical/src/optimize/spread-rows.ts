import { groupSize } from "./machine-code/dual-pass.js";

/**
 * An order of rows for dual coordinate descent, which looks at groups of neighbours: each group has rows from all over
 * the data, where neighbours are often alike, and whoever brings rows into it reads the data from a few places onwards.
 */
export function spreadRows(rows: number): Uint32Array {
  const order = new Uint32Array(rows);
  const apart = Math.ceil(rows / groupSize);
  for (let first = 0, at = 0; first < apart; first++) for (let row = first; row < rows; row += apart) order[at++] = row;
  return order;
}
