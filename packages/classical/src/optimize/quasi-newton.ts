import type { OptimizerChoice } from "./binary-optimizer.js";
import { lbfgs } from "./lbfgs.js";
import type { Objective } from "./objective.js";
import type { Optimizer } from "./optimizer.js";
import { owlqn } from "./owlqn.js";

/** L-BFGS, or OWL-QN where the first so many coordinates have a penalty on their absolute values. */
export function quasiNewton(
  objective: Objective,
  penalized: number,
  choice: Pick<OptimizerChoice, "l1" | "iterations" | "tolerance">,
): Optimizer<Float64Array> {
  return choice.l1 > 0 ? owlqn({ ...objective, penalized, l1: choice.l1 }, choice) : lbfgs(objective, choice);
}
