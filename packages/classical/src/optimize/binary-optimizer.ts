import { binaryObjective } from "./binary-objective.js";
import type { BinaryProblem, BinarySolution } from "./binary-problem.js";
import { dualCoordinateDescent } from "./dual-coordinate-descent.js";
import { dualHinge } from "./dual-hinge.js";
import { dualLogistic } from "./dual-logistic.js";
import { type LossName, marginLosses } from "./margin-losses.js";
import type { Optimizer } from "./optimizer.js";
import { quasiNewton } from "./quasi-newton.js";

/**
 * How a linear model's weights are looked for. Auto is coordinate descent, and where half of the iterations did not bring
 * that to its end, which happens where rows are many and columns few, L-BFGS for the other half.
 */
export type OptimizerName = "lbfgs" | "dual-coordinate-descent" | "auto";

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
  if (choice.optimizer === "lbfgs") return primalOptimizer(problem, loss, choice);
  const dual = loss === "logistic" ? dualLogistic : dualHinge(loss === "squared-hinge");
  const descent = dualCoordinateDescent(problem, dual, choice);
  if (choice.optimizer !== "auto" || loss === "hinge") return descent;
  const half = Math.ceil(choice.iterations / 2);
  return inTurn(descent, half, () =>
    primalOptimizer(problem, loss, { ...choice, iterations: choice.iterations - half }),
  );
}

function primalOptimizer(problem: BinaryProblem, loss: LossName, choice: OptimizerChoice): Optimizer<BinarySolution> {
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

/** The first optimizer, then, where it is not at its end after so many steps, the second: the better of what both reached. */
function inTurn(
  first: Optimizer<BinarySolution>,
  steps: number,
  begin: () => Optimizer<BinarySolution>,
): Optimizer<BinarySolution> {
  let second: Optimizer<BinarySolution> | undefined;
  let reached: BinarySolution | undefined;
  return {
    step() {
      if (second === undefined) {
        if (first.iteration < steps || first.converged) return first.step();
        reached = first.solution();
        second = begin();
      }
      return second.step();
    },
    get iteration() {
      return first.iteration + (second?.iteration ?? 0);
    },
    get objective() {
      return Math.min(second?.objective ?? first.objective, reached?.objective ?? Number.POSITIVE_INFINITY);
    },
    get converged() {
      return (second ?? first).converged;
    },
    solution() {
      const last = (second ?? first).solution();
      const better = reached !== undefined && reached.objective < last.objective ? reached : last;
      return { ...better, iterations: this.iteration, converged: this.converged };
    },
  };
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
