import {
  type Code,
  call,
  f64,
  i32,
  loopWhile,
  machineFunction,
  select,
  type Variable,
  variables,
  when,
  whenElse,
} from "../../machine-code/assembler.js";
import { functionNumbers, sumOfRow } from "./row-sums.js";

/**
 * How many rows are looked at one after the other as they lie in memory, which is faster. Orders that are less random
 * than this need more passes: groups of eight some, of a hundred three times as many.
 */
export const groupSize = 4;

const longestRest = { bound: 15, free: 1 };

/** What a pass is given: addresses of the arrays of a `DualState`, and numbers of it. */
const parameters = {
  ...variables("i32", "weights", "offsets", "indices", "apart", "costly", "places"),
  ...variables("i32", "groups", "groupCount", "rests", "rested", "signs", "told"),
  ...variables("i32", "alphas", "logits", "costs", "curvatures", "ownSquares", "squared"),
  ...variables("f64", "restful", "multiplier", "pull", "imbalance"),
};

export type PassArgument = keyof typeof parameters;

/** In which order a pass takes its arguments. */
export const passArguments = Object.keys(parameters) as readonly PassArgument[];

/** What a pass keeps of the row that it looks at, and of all. */
const kept = {
  ...variables("i32", "group", "place", "last", "row", "wide", "entry", "end", "longest"),
  ...variables("f64", "gap", "looked", "alpha", "cost", "curvature", "ownSquare", "sign"),
  ...variables("f64", "output", "rowGap", "next", "change"),
};

export type PassVariables = Readonly<Record<keyof typeof parameters | keyof typeof kept, Variable>>;

/**
 * A look at every row that does not rest, in the order of the groups. `visit` sets the row's gap, its next α, and for how
 * long it may rest. In `told` it leaves the sum of the gaps, how many rows it looked at, and the imbalance.
 */
export function dualPass<V extends string>(
  own: Readonly<Record<V, "i32" | "f64">>,
  visit: (row: PassVariables & Readonly<Record<V, Variable>>) => readonly Code[],
) {
  return machineFunction(parameters, { ...kept, ...own }, [], (v) => [
    loopWhile(
      i32.isBelow(v.group.get, v.groupCount.get),
      v.place.set(wholeAt(v.groups, v.group.get)),
      v.last.set(i32.add(v.place.get, i32.const(groupSize))),
      v.last.set(select(i32.isBelow(v.last.get, v.places.get), v.last.get, v.places.get)),
      loopWhile(
        i32.isBelow(v.place.get, v.last.get),
        v.row.set(wholeAt(v.costly, v.place.get)),
        whenElse(i32.load8(restOf(v)), [restAgain(v)], [...look(v), ...visit(v), letRest(v), move(v)]),
        v.place.add(i32.const(1)),
      ),
      v.group.add(i32.const(1)),
    ),
    f64.store(v.told.get, v.gap.get),
    f64.store(v.told.get, v.looked.get, 8),
    f64.store(v.told.get, v.imbalance.get, 16),
  ]);
}

const wholeAt = (array: Variable, number: Code) => i32.load(i32.add(array.get, i32.shiftLeft(number, 2)));
const numberOf = (array: Variable, { wide }: PassVariables) => f64.load(i32.add(array.get, wide.get));
const restOf = ({ rests, row }: PassVariables) => i32.add(rests.get, row.get);

function restAgain(v: PassVariables): Code {
  return i32.store8(restOf(v), i32.subtract(i32.load8(restOf(v)), i32.const(1)));
}

function look(v: PassVariables): readonly Code[] {
  const entry = (row: Code) => i32.add(v.indices.get, i32.shiftLeft(wholeAt(v.offsets, row), 2));
  return [
    v.wide.set(i32.shiftLeft(v.row.get, 3)),
    v.entry.set(entry(v.row.get)),
    v.end.set(entry(i32.add(v.row.get, i32.const(1)))),
    v.alpha.set(numberOf(v.alphas, v)),
    v.cost.set(numberOf(v.costs, v)),
    v.curvature.set(numberOf(v.curvatures, v)),
    v.ownSquare.set(numberOf(v.ownSquares, v)),
    v.sign.set(i32.toF64(i32.loadSigned8(i32.add(v.signs.get, v.row.get)))),
    v.output.set(sumOfRow(v)),
    v.output.add(f64.add(v.multiplier.get, f64.multiply(v.pull.get, v.imbalance.get))),
    v.looked.add(f64.const(1)),
  ];
}

/** rested ← rests ← min(2 rested + 1, longest). */
function letRest(v: PassVariables): Code {
  const rested = i32.add(v.rested.get, v.row.get);
  const longer = i32.add(i32.shiftLeft(i32.load8(rested), 1), i32.const(1));
  return [
    ...v.gap.add(v.rowGap.get),
    ...i32.store8(rested, select(i32.isBelow(longer, v.longest.get), longer, v.longest.get)),
    ...i32.store8(restOf(v), i32.load8(rested)),
  ];
}

/** α ← its next, and w with it. */
function move(v: PassVariables): Code {
  const change = f64.multiply(f64.subtract(v.next.get, v.alpha.get), v.sign.get);
  const row = [v.weights.get, v.entry.get, v.end.get, v.apart.get, v.change.get];
  return when(
    f64.isUnequal(v.next.get, v.alpha.get),
    v.change.set(change),
    f64.store(i32.add(v.alphas.get, v.wide.get), v.next.get),
    v.imbalance.add(v.change.get),
    whenElse(
      i32.isZero(v.apart.get),
      [call(functionNumbers.addToWeights, ...row)],
      [call(functionNumbers.addProducts, ...row)],
    ),
  );
}

/** For how many passes a row may rest at most: longer at a bound, and otherwise only where its gap is small. */
export function longestRestOf({ rowGap, restful }: PassVariables, isAtBound: Code = i32.const(0)): Code {
  const free = select(f64.isBelow(rowGap.get, restful.get), i32.const(longestRest.free), i32.const(0));
  return select(isAtBound, i32.const(longestRest.bound), free);
}
