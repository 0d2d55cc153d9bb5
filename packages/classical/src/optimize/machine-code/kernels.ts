import { compiledFor, type SharedMemory } from "../../machine-code/shared-memory.js";
import { type PassArgument, passArguments } from "./dual-pass.js";
import { hingePass } from "./hinge-pass.js";
import { logisticPass } from "./logistic-pass.js";
import { addProducts, addToWeights, sumOfProducts, sumOfWeights, sumsOfRows } from "./row-sums.js";

export type PassName = "hingePass" | "logisticPass";

const sums = { sumOfWeights, sumOfProducts, addToWeights, addProducts, sumsOfRows };
/** The functions of dual coordinate descent in machine code, over one memory. */
export const kernelsOf = compiledFor({ exp: Math.exp }, { ...sums, hingePass, logisticPass });

/** A pass of dual coordinate descent in machine code, over one memory. */
export function runPass(memory: SharedMemory, pass: PassName, values: Readonly<Record<PassArgument, number>>): void {
  kernelsOf(memory)[pass](...passArguments.map((name) => values[name]));
}
