import { binaryObjective } from "./binary-objective.js";
import type { BinaryProblem, BinarySolution } from "./binary-problem.js";
import { dualCoordinateDescent } from "./dual-coordinate-descent.js";
import { dualHinge } from "./dual-hinge.js";
import { dualLogistic } from "./dual-logistic.js";
import { type LossName, marginLosses } from "./margin-losses.js";
import type { Optimizer } from "./optimizer.js";
import { quasiNewton } from "./quasi-newton.js";

/** How a linear model's weights are looked for. */
export type OptimizerName = "lbfgs" | "dual-coordinate-descent";

export interface OptimizerChoice {
  readonly optimizer: OptimizerName;
  /** Penalty on absolute weights; 0 for dual coordinate descent. */
  readonly l1: number;
  readonly tolerance: number;
  readonly iterations: number;
  /** Of what dual coordinate descent draws. */
  readonly seed: number;
}

/** An optimizer of two classes under a loss. */
export function binaryOptimizer(
  problem: BinaryProblem,
  loss: LossName,
  choice: OptimizerChoice,
): Optimizer<BinarySolution> {
  if (choice.optimizer === "dual-coordinate-descent") {
    const dual = loss === "logistic" ? dualLogistic : dualHinge(loss === "squared-hinge");
    return dualCoordinateDescent(problem, dual, choice);
  }
  const { columns, rows } = problem.rows;
  const inner = quasiNewton(binaryObjective(problem, marginLosses[loss]), columns + rows, choice);
  return mapSolution(inner, (point) => ({
    shared: point.subarray(0, columns),
    owned: point.subarray(columns, columns + rows),
    bias: point[columns + rows],
    objective: inner.objective,
    iterations: inner.iteration,
    converged: inner.converged,
  }));
}

function mapSolution<S, T>(inner: Optimizer<S>, map: (solution: S) => T): Optimizer<T> {
  return {
    step: () => inner.step(),
    get iteration() {
      return inner.iteration;
    },
    get objective() {
      return inner.objective;
    },
    get converged() {
      return inner.converged;
    },
    solution: () => map(inner.solution()),
  };
}
