import { throwIfAborted } from "@bifocal/contracts";
import type { TrainingSignal } from "../learner.js";
import { type ArrayRoom, reusableRoom } from "../machine-code/array-room.js";
import { binaryOptimizer, type OptimizerChoice } from "../optimize/binary-optimizer.js";
import type { BinaryProblem } from "../optimize/binary-problem.js";
import type { CondensedRows, CondensedWeights } from "../optimize/condensed-rows.js";
import type { LossName } from "../optimize/margin-losses.js";

/** What the outputs of a linear model are learned from, each by itself. */
export interface LinearOutputs extends OptimizerChoice {
  readonly rows: CondensedRows;
  readonly targets: Uint32Array;
  /** What each row's loss counts, of a sum of 1. */
  readonly shares: Float64Array;
  readonly loss: LossName;
  readonly l2: number;
  readonly bias: boolean;
}

/** What is learned of one output. */
export interface LinearOutput extends CondensedWeights {
  readonly bias: number;
  readonly objective: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** The rows of one label against all others. */
export function oneAgainstRest(
  { rows, targets, shares, l2, bias }: LinearOutputs,
  label: number,
  room?: ArrayRoom,
): BinaryProblem {
  const signs = new Int8Array(targets.length);
  for (let row = 0; row < signs.length; row++) signs[row] = targets[row] === label ? 1 : -1;
  return { rows, signs, shares, l2, bias, room };
}

/** Learns the output of one label against all others. @throws {BifocalError} `aborted`. */
export function learnOutput(outputs: LinearOutputs, label: number, signal?: TrainingSignal): LinearOutput {
  const optimizer = binaryOptimizer(oneAgainstRest(outputs, label, roomOf(outputs.rows)), outputs.loss, outputs);
  while (optimizer.step()) throwIfAborted(signal);
  return asStored(optimizer.solution());
}

/** Where this thread learns one output after the other, in the memory of the rows. */
const rooms = new WeakMap<CondensedRows, ReturnType<typeof reusableRoom>>();

function roomOf(rows: CondensedRows): ArrayRoom | undefined {
  if (rows.memory === undefined) return undefined;
  const room = rooms.get(rows) ?? reusableRoom(rows.memory);
  rooms.set(rows, room);
  room.beginAnew();
  return room;
}

/** A solution in the precision that weights are kept in. */
export function asStored({ shared, owned, ...rest }: LinearOutput): LinearOutput {
  return { ...rest, shared: Float32Array.from(shared), owned: Float32Array.from(owned) };
}
