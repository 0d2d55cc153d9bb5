import {
  type Code,
  f64,
  f64x2,
  i32,
  loopWhile,
  type MachineFunction,
  machineFunction,
  type Variable,
  variables,
} from "../../machine-code/assembler.js";

// Rows of a number a tag, two at a time: a row of an odd number of tags has one more, which is 0 or counts for nothing.

const pairBytes = 16;
/** Pairs whose sums are kept at hand together. */
const together = 4;
const sums = ["a", "b", "c", "d"] as const;

type Sums = Readonly<Record<(typeof sums)[number], Variable>>;

/**
 * Goes over a row's columns, four pairs at a time and then one: `work` is given the pairs that it is to work on, which
 * begin `column` bytes into the row.
 */
function byColumns(
  { column, width, ...v }: Sums & { readonly column: Variable; readonly width: Variable },
  work: (pairs: readonly Variable[]) => readonly Code[],
): Code[] {
  const all = sums.map((name) => v[name]);
  const block = i32.const(together * pairBytes);
  return [
    loopWhile(
      i32.isBelow(i32.add(column.get, i32.const((together - 1) * pairBytes)), width.get),
      ...work(all),
      column.add(block),
    ),
    loopWhile(i32.isBelow(column.get, width.get), ...work(all.slice(0, 1)), column.add(i32.const(pairBytes))),
  ];
}

const kept = { column: "i32", ...variables("f64x2", ...sums) } as const;

/** A row of a number for each of so many rows of a matrix: to ← to + Σ from[k] · matrix[k]. `stride` leads from one number to the next. */
export const addCombined = machineFunction(
  variables("i32", "from", "stride", "matrix", "count", "to", "width"),
  { ...kept, ...variables("i32", "at", "row", "end"), factor: "f64x2" },
  [],
  (v) =>
    byColumns(v, (pairs) => [
      ...pairs.map((pair, i) => pair.set(f64x2.load(i32.add(v.to.get, v.column.get), i * pairBytes))),
      v.at.set(v.from.get),
      v.row.set(i32.add(v.matrix.get, v.column.get)),
      v.end.set(i32.add(v.row.get, i32.multiply(v.count.get, v.width.get))),
      loopWhile(
        i32.isBelow(v.row.get, v.end.get),
        v.factor.set(f64x2.loadTwice(v.at.get)),
        ...pairs.map((pair, i) => pair.add(f64x2.multiply(v.factor.get, f64x2.load(v.row.get, i * pairBytes)))),
        v.at.add(v.stride.get),
        v.row.add(v.width.get),
      ),
      ...pairs.map((pair, i) => f64x2.store(i32.add(v.to.get, v.column.get), pair.get, i * pairBytes)),
    ]),
);

const features = variables("i32", "weights", "first", "end");

/** Of features that have a weight for every tag, by the numbers of their first ones: to ← Σ weights. */
export const sumFeatures = machineFunction(
  { ...features, ...variables("i32", "to", "width") },
  { ...kept, ...variables("i32", "at", "row") },
  [],
  (v) =>
    byColumns(v, (pairs) => [
      ...pairs.map((pair) => pair.set(f64x2.const(0))),
      v.at.set(v.first.get),
      loopWhile(
        i32.isBelow(v.at.get, v.end.get),
        v.row.set(featureRow(v)),
        ...pairs.map((pair, i) => pair.add(f64x2.load(v.row.get, i * pairBytes))),
        v.at.add(i32.const(4)),
      ),
      ...pairs.map((pair, i) => f64x2.store(i32.add(v.to.get, v.column.get), pair.get, i * pairBytes)),
    ]),
);

/** Of the same: weights ← weights + from. */
export const addToFeatures = machineFunction(
  { ...features, ...variables("i32", "from", "width") },
  { ...kept, ...variables("i32", "at", "row") },
  [],
  (v) =>
    byColumns(v, (pairs) => [
      ...pairs.map((pair, i) => pair.set(f64x2.load(i32.add(v.from.get, v.column.get), i * pairBytes))),
      v.at.set(v.first.get),
      loopWhile(
        i32.isBelow(v.at.get, v.end.get),
        v.row.set(featureRow(v)),
        ...pairs.map((pair, i) =>
          f64x2.store(v.row.get, f64x2.add(f64x2.load(v.row.get, i * pairBytes), pair.get), i * pairBytes),
        ),
        v.at.add(i32.const(4)),
      ),
    ]),
);

function featureRow(v: { readonly weights: Variable; readonly column: Variable; readonly at: Variable }): Code {
  return i32.add(i32.add(v.weights.get, v.column.get), i32.shiftLeft(i32.load(v.at.get), 3));
}

/** Goes over pairs of numbers from `row` on. */
function byPairs(
  { row, end, width }: Readonly<Record<"row" | "end" | "width", Variable>>,
  ...work: readonly Code[]
): Code[] {
  return [
    end.set(i32.add(row.get, width.get)),
    loopWhile(i32.isBelow(row.get, end.get), ...work, row.add(i32.const(pairBytes))),
  ];
}

/** Sets all numbers of a row. */
export const fill = machineFunction(
  { ...variables("i32", "row", "width"), value: "f64" },
  { end: "i32", both: "f64x2" },
  [],
  (v) => [v.both.set(f64x2.twice(v.value.get)), ...byPairs(v, f64x2.store(v.row.get, v.both.get))],
);

/** row ← row · other, number by number; their sum. */
export const multiply = machineFunction(
  variables("i32", "row", "other", "width"),
  { end: "i32", ...variables("f64x2", "product", "sum") },
  ["f64"],
  (v) => [
    ...byPairs(
      v,
      v.product.set(f64x2.multiply(f64x2.load(v.row.get), f64x2.load(v.other.get))),
      f64x2.store(v.row.get, v.product.get),
      v.sum.add(v.product.get),
      v.other.add(i32.const(pairBytes)),
    ),
    f64.add(f64x2.first(v.sum.get), f64x2.second(v.sum.get)),
  ],
);

/** to ← row · other · factor. */
export const multiplyInto = machineFunction(
  { ...variables("i32", "row", "other", "to", "width"), factor: "f64" },
  { end: "i32", both: "f64x2" },
  [],
  (v) => [
    v.both.set(f64x2.twice(v.factor.get)),
    ...byPairs(
      v,
      f64x2.store(v.to.get, f64x2.multiply(f64x2.multiply(f64x2.load(v.row.get), f64x2.load(v.other.get)), v.both.get)),
      v.other.add(i32.const(pairBytes)),
      v.to.add(i32.const(pairBytes)),
    ),
  ],
);

/** row ← row · factor. */
export const scale = machineFunction(
  { ...variables("i32", "row", "width"), factor: "f64" },
  { end: "i32", both: "f64x2" },
  [],
  (v) => [
    v.both.set(f64x2.twice(v.factor.get)),
    ...byPairs(v, f64x2.store(v.row.get, f64x2.multiply(f64x2.load(v.row.get), v.both.get))),
  ],
);

/** Below this a power of e counts as 0: it is 1e-304, and those of another kind lie just beneath. */
const least = -700;
/** ln 2, of which the first part has so few digits that its product with a whole number below 2000 is exact. */
const [ln2, ln2Rest] = [0.6931471803691238, 1.9082149292705877e-10];
/** What makes a number of double precision that is added to it a whole one, in its lowest bits. */
const wholeBits = 1.5 * 2 ** 52;
const exponentBit = 52;
const lastTerm = 13;

/**
 * row ← e^(row − largest), to within 2 units in the last place, and 0 where that is below 1e-304: e^x = 2^k e^r, k whole and |r| at most
 * (ln 2) / 2, of which fourteen terms of Taylor's series tell e^r.
 */
export const raise = machineFunction(
  { ...variables("i32", "row", "width"), largest: "f64" },
  { end: "i32", ...variables("f64x2", "both", "x", "shifted", "whole", "rest", "power") },
  [],
  (v) => [
    v.both.set(f64x2.twice(v.largest.get)),
    ...byPairs(
      v,
      v.x.set(f64x2.subtract(f64x2.load(v.row.get), v.both.get)),
      v.shifted.set(f64x2.add(f64x2.multiply(v.x.get, f64x2.const(Math.LOG2E)), f64x2.const(wholeBits))),
      v.whole.set(f64x2.subtract(v.shifted.get, f64x2.const(wholeBits))),
      v.rest.set(f64x2.subtract(v.x.get, f64x2.multiply(v.whole.get, f64x2.const(ln2)))),
      v.rest.set(f64x2.subtract(v.rest.get, f64x2.multiply(v.whole.get, f64x2.const(ln2Rest)))),
      v.power.set(f64x2.const(1 / factorial(lastTerm))),
      ...Array.from({ length: lastTerm }, (_, i) =>
        v.power.set(f64x2.add(f64x2.multiply(v.power.get, v.rest.get), f64x2.const(1 / factorial(lastTerm - 1 - i)))),
      ),
      v.power.set(f64x2.addBits(v.power.get, f64x2.shiftBitsLeft(v.shifted.get, exponentBit))),
      f64x2.store(v.row.get, f64x2.and(v.power.get, f64x2.isAtLeast(v.x.get, f64x2.const(least)))),
    ),
  ],
);

function factorial(n: number): number {
  return n === 0 ? 1 : n * factorial(n - 1);
}

export const rowFunctions = {
  addCombined,
  sumFeatures,
  addToFeatures,
  fill,
  multiply,
  multiplyInto,
  scale,
  raise,
} satisfies Record<string, MachineFunction>;
