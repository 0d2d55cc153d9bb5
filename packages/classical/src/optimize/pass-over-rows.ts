import type { CondensedRows } from "./condensed-rows.js";
import { type DualState, memoryOf } from "./dual-state.js";
import { kernelsOf, type PassName, runPass } from "./machine-code/kernels.js";

/**
 * A pass of machine code over all rows that do not rest: moves their α and w with them, and returns how many rows it
 * looked at and the sum of their gaps.
 * @param squared whether the loss is the square of the hinge
 */
export function passOverRows(state: DualState, pass: PassName, squared = false): { gap: number; looked: number } {
  const { problem, told, multiplier, pull, restful, imbalance, costly, groups } = state;
  const { offsets, indices } = problem.rows;
  runPass(memoryOf(problem.rows), pass, {
    ...addressesOf(state),
    ...{ offsets: offsets.byteOffset, indices: indices.byteOffset },
    apart: apartOf(problem.rows),
    ...{ places: costly.length, groupCount: groups.length, squared: Number(squared) },
    ...{ multiplier, pull, restful, imbalance },
  });
  state.imbalance = told[2];
  return { gap: told[0], looked: told[1] };
}

/** Sets `outputs` to x·w of every row over the shared columns. */
export function sumRows({ problem, shared, outputs }: DualState): void {
  const { rows } = problem;
  kernelsOf(memoryOf(rows)).sumsOfRows(
    ...[shared.byteOffset, rows.offsets.byteOffset, rows.indices.byteOffset, apartOf(rows)],
    ...[rows.rows, outputs.byteOffset],
  );
}

/** How far behind the number of its column the value of an entry lies, or 0 where all values are 1. */
function apartOf({ values, indices }: CondensedRows): number {
  return values.length === 0 ? 0 : values.byteOffset - indices.byteOffset;
}

function addressesOf(state: DualState) {
  return {
    weights: state.shared.byteOffset,
    costly: state.costly.byteOffset,
    groups: state.groups.byteOffset,
    rests: state.rests.byteOffset,
    rested: state.rested.byteOffset,
    signs: state.signs.byteOffset,
    told: state.told.byteOffset,
    alphas: state.alphas.byteOffset,
    logits: state.logits.byteOffset,
    costs: state.costs.byteOffset,
    curvatures: state.curvatures.byteOffset,
    ownSquares: state.ownSquares.byteOffset,
  };
}
