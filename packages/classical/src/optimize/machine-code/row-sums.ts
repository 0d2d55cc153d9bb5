import {
  type Code,
  call,
  either,
  f64,
  i32,
  loopWhile,
  machineFunction,
  type Variable,
  variables,
} from "../../machine-code/assembler.js";

/** Entries that one round of a loop works on. */
const unrolled = 8;

/** Numbers of the functions that passes call, see `kernels`. */
export const functionNumbers = { exp: 0, sumOfWeights: 1, sumOfProducts: 2, addToWeights: 3, addProducts: 4 } as const;

/** An entry of a row is told by the address of its column number; its value stands so many bytes further on. */
const entries = { weights: "i32", entry: "i32", end: "i32", apart: "i32" } as const;

/** Σ weights[column] of the entries whose values are all 1. */
export const sumOfWeights = machineFunction(
  entries,
  { last: "i32", a: "f64", b: "f64", c: "f64", d: "f64" },
  ["f64"],
  ({ weights, entry, end, last, a, b, c, d }) => [
    last.set(i32.subtract(end.get, i32.const(4 * (unrolled - 1)))),
    loopWhile(
      i32.isBelow(entry.get, last.get),
      ...[a, b, c, d, a, b, c, d].map((sum, at) => sum.add(f64.load(weightOf(weights, entry, at)))),
      entry.add(i32.const(4 * unrolled)),
    ),
    loopWhile(i32.isBelow(entry.get, end.get), a.add(f64.load(weightOf(weights, entry))), entry.add(i32.const(4))),
    f64.add(f64.add(a.get, b.get), f64.add(c.get, d.get)),
  ],
);

/** Σ value · weights[column] of the entries. */
export const sumOfProducts = machineFunction(
  entries,
  { sum: "f64" },
  ["f64"],
  ({ weights, entry, end, apart, sum }) => [
    loopWhile(
      i32.isBelow(entry.get, end.get),
      sum.add(f64.multiply(entryValue(entry, apart), f64.load(weightOf(weights, entry)))),
      entry.add(i32.const(4)),
    ),
    sum.get,
  ],
);

/** The sum of a row, whichever its values are. */
export function sumOfRow({ weights, entry, end, apart }: Readonly<Record<keyof typeof entries, Variable>>): Code {
  const row = [weights.get, entry.get, end.get, apart.get];
  const { sumOfWeights: ofWeights, sumOfProducts: ofProducts } = functionNumbers;
  return either("f64", i32.isZero(apart.get), call(ofWeights, ...row), call(ofProducts, ...row));
}

/** to[row] ← the sum of each of the first so many rows, whose entries lie one after the other. */
export const sumsOfRows = machineFunction(
  variables("i32", "weights", "offsets", "indices", "apart", "rows", "to"),
  variables("i32", "row", "entry", "end"),
  [],
  (v) => [
    v.end.set(v.indices.get),
    loopWhile(
      i32.isBelow(v.row.get, v.rows.get),
      v.entry.set(v.end.get),
      v.row.add(i32.const(1)),
      v.end.set(
        i32.add(v.indices.get, i32.shiftLeft(i32.load(i32.add(v.offsets.get, i32.shiftLeft(v.row.get, 2))), 2)),
      ),
      f64.store(v.to.get, sumOfRow(v)),
      v.to.add(i32.const(8)),
    ),
  ],
);

/** weights[column] += amount of the entries whose values are all 1. */
export const addToWeights = machineFunction(
  { ...entries, amount: "f64" },
  { last: "i32", at: "i32" },
  [],
  ({ weights, entry, end, amount, last, at }) => [
    last.set(i32.subtract(end.get, i32.const(4 * (unrolled - 1)))),
    loopWhile(
      i32.isBelow(entry.get, last.get),
      ...Array.from({ length: unrolled }, (_, number) => addTo(at, weightOf(weights, entry, number), amount.get)),
      entry.add(i32.const(4 * unrolled)),
    ),
    loopWhile(
      i32.isBelow(entry.get, end.get),
      addTo(at, weightOf(weights, entry), amount.get),
      entry.add(i32.const(4)),
    ),
  ],
);

/** weights[column] += amount · value of the entries. */
export const addProducts = machineFunction(
  { ...entries, amount: "f64" },
  { at: "i32" },
  [],
  ({ weights, entry, end, apart, amount, at }) => [
    loopWhile(
      i32.isBelow(entry.get, end.get),
      addTo(at, weightOf(weights, entry), f64.multiply(amount.get, entryValue(entry, apart))),
      entry.add(i32.const(4)),
    ),
  ],
);

/** The address of the weight of an entry so many further on. */
function weightOf(weights: Variable, entry: Variable, further = 0): Code {
  return i32.add(weights.get, i32.shiftLeft(i32.load(entry.get, 4 * further), 3));
}

function entryValue(entry: Variable, apart: Variable): Code {
  return f64.loadSingle(i32.add(entry.get, apart.get));
}

function addTo(at: Variable, address: Code, amount: Code): Code {
  return [...at.set(address), ...f64.store(at.get, f64.add(f64.load(at.get), amount))];
}
