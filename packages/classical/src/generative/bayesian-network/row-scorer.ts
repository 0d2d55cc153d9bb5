import type { TextRow } from "../../features/row-reader.js";
import type { Network } from "./network.js";
import { childrenOf } from "./topological-order.js";

/**
 * The function from a row to ln p(label, presence of every term), a number a label; all terms are observed, so this is
 * a sum over the tables. Most of it is the same for all texts: that of a text without any term is summed up once, and a
 * row adds only what its terms, and the terms that depend on them, change. The answer is a new array.
 */
export function rowScorer(network: Network): (row: Pick<TextRow, "indices" | "length">) => Float64Array {
  const labels = network.cardinalities[0];
  const logs = network.tables.map((table) => byLabel(table, labels));
  const empty = network.tables[0].map(Math.log);
  for (const table of logs.slice(1)) for (let label = 0; label < labels; label++) empty[label] += table[label];
  for (const table of logs.slice(1)) for (let i = table.length - 1; i >= 0; i--) table[i] -= table[i % labels];
  const parents = network.parents.map((each) => each.subarray(1));
  const children = childrenOf(parents);
  const present = new Uint8Array(logs.length);
  const added = new Uint8Array(logs.length);
  return ({ indices, length }) => {
    const joint = empty.slice();
    const touched: number[] = [];
    const add = (variable: number): void => {
      if (added[variable] === 1) return;
      added[variable] = 1;
      touched.push(variable);
      let entry = 0;
      for (const parent of parents[variable]) entry = 2 * entry + present[parent];
      const start = (2 * entry + present[variable]) * labels;
      const table = logs[variable];
      for (let label = 0; label < labels; label++) joint[label] += table[start + label];
    };
    for (let i = 0; i < length; i++) present[indices[i] + 1] = 1;
    for (let i = 0; i < length; i++) {
      add(indices[i] + 1);
      for (const child of children[indices[i] + 1]) add(child);
    }
    for (let i = 0; i < length; i++) present[indices[i] + 1] = 0;
    for (const variable of touched) added[variable] = 0;
    return joint;
  };
}

/** Logarithms of a table whose first parent is the label, with the label fastest. */
function byLabel(table: Float64Array, labels: number): Float64Array {
  const rest = table.length / labels;
  return Float64Array.from(table, (_, i) => Math.log(table[(i % labels) * rest + Math.floor(i / labels)]));
}
