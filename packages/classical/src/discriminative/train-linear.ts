import { BifocalError, throwIfAborted } from "@bifocal/contracts";
import type { SparseDataset } from "../features/sparse-dataset.js";
import type { TrainingContext } from "../learner.js";
import { giveBack } from "../machine-code/array-room.js";
import { binaryOptimizer, type OptimizerChoice } from "../optimize/binary-optimizer.js";
import { type CondensedRows, condenseRows, expandWeights, plainRows } from "../optimize/condensed-rows.js";
import type { LossName } from "../optimize/margin-losses.js";
import type { Optimizer } from "../optimize/optimizer.js";
import { quasiNewton } from "../optimize/quasi-newton.js";
import { softmaxObjective } from "../optimize/softmax-objective.js";
import { spreadRows } from "../optimize/spread-rows.js";
import { runJobs } from "../parallel/run-jobs.js";
import { sharedArray } from "../parallel/shared-array.js";
import { asStored, type LinearOutput, type LinearOutputs, learnOutput, oneAgainstRest } from "./learn-output.js";

/**
 * What a linear model is trained for, and how: the least of
 *
 * (1 / Σ sᵢ) Σ sᵢ lossᵢ + (l2 / 2) ‖w‖² + l1 ‖w‖₁
 *
 * sᵢ the rows' weights, biases unpenalized. Over two labels, one-vs-rest is such an objective a label.
 */
export interface LinearOptions extends OptimizerChoice {
  readonly loss: LossName;
  /** Of over two labels. Multinomial is the softmax of all outputs at once: logistic loss, L-BFGS. */
  readonly multiclass: "multinomial" | "one-vs-rest";
  readonly l2: number;
  /** Whether each output has a bias; without, all are 0. */
  readonly bias: boolean;
}

/** A linear function of rows: x·w + b. */
export interface LinearWeights {
  /** columns × outputs; one output where there are two labels, the score of the second. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/** A linear function and how far its training came. */
export interface TrainedLinear extends LinearWeights {
  /** Of all outputs together. */
  readonly objective: number;
  /** Of all outputs together. */
  readonly iterations: number;
  /** Whether the objective is within the tolerance of the least one. */
  readonly converged: boolean;
}

export type LinearContext = Pick<TrainingContext, "signal" | "stepwise" | "workers"> & {
  /**
   * See `TrainingContext`; where outputs are trained one by one, an iteration is an output, and what is learned is
   * provisional: outputs that are not done are learned in haste.
   */
  readonly afterIteration?: (iteration: {
    readonly iteration: number;
    readonly iterations: number;
    readonly objective: () => number;
    readonly converged: boolean;
    readonly provisional?: boolean;
    readonly learned: () => LinearWeights;
  }) => boolean | Promise<boolean>;
};

/** How many weight vectors tell so many labels apart: one where there are two. */
export function outputsOf(labels: number): number {
  return labels === 2 ? 1 : labels;
}

/**
 * Trains a linear model. The same data, options and seed give the same bits, for any number of workers.
 * @throws {BifocalError} `invalid-input` for a loss, penalty and optimizer that do not go together; `aborted`.
 */
export async function trainLinear(
  data: SparseDataset,
  options: LinearOptions,
  context: LinearContext = {},
): Promise<TrainedLinear> {
  throwIfAborted(context.signal);
  const problem = outputsOfData(data, options);
  let trained: TrainedLinear | undefined;
  const { afterIteration } = context;
  trained = await trainOutputs(data, problem, options, {
    ...context,
    // Whoever asks later for what was learned in an iteration is given the end, for then others have the memory.
    ...(afterIteration && {
      afterIteration: (iteration) =>
        afterIteration({
          ...iteration,
          objective: () => trained?.objective ?? iteration.objective(),
          learned: () => trained ?? iteration.learned(),
        }),
    }),
  });
  if (problem.rows.memory !== undefined) giveBack(problem.rows.memory);
  return trained;
}

function trainOutputs(
  data: SparseDataset,
  problem: LinearOutputs,
  { multiclass }: LinearOptions,
  context: LinearContext,
): Promise<TrainedLinear> {
  if (data.labels.length === 2) return trainBinary(data, problem, context);
  return multiclass === "multinomial"
    ? trainMultinomial(data, problem, context)
    : trainOneVsRest(data, problem, context);
}

/** A linear model of two labels after a few steps, at once. @throws {BifocalError} as `trainLinear`. */
export function trainInHaste(data: SparseDataset, options: LinearOptions): LinearWeights {
  const problem = outputsOfData(data, { ...options, iterations: stepsInHaste });
  const output = learnOutput(problem, 1);
  return { weights: expandWeights(data, problem.rows, [output]), bias: Float32Array.of(output.bias) };
}

function outputsOfData(data: SparseDataset, options: LinearOptions): LinearOutputs {
  checkLinearOptions(data, options);
  // Only under ‖w‖² alone does what is a row's own reduce to one number.
  const order = options.optimizer !== "lbfgs" ? spreadRows(data.rows) : undefined;
  const rows = options.l1 === 0 && options.l2 > 0 ? condenseRows(data, order) : plainRows(data);
  return { ...options, rows, ...targetsAndShares(data, rows.order) };
}

/** @throws {BifocalError} `invalid-input` for a loss, penalty and optimizer that do not go together. */
function checkLinearOptions({ labels }: SparseDataset, options: LinearOptions): void {
  const { loss, optimizer, l1, l2, multiclass } = options;
  const isMultinomial = multiclass === "multinomial" && labels.length > 2;
  if (optimizer !== "lbfgs" && (l1 > 0 || l2 === 0 || isMultinomial))
    throw wrong(
      "Dual coordinate descent needs l2 above 0, l1 0, and one-vs-rest for over two labels; or choose lbfgs.",
    );
  if (optimizer === "lbfgs" && loss === "hinge")
    throw wrong("L-BFGS cannot minimize the hinge, which has a kink: choose squared-hinge or dual-coordinate-descent.");
  if (isMultinomial && loss !== "logistic")
    throw wrong(`The loss ${loss} has no multinomial form: choose one-vs-rest.`);
}

function wrong(message: string): BifocalError {
  return new BifocalError("invalid-input", message);
}

/** The rows' targets, and their weights divided by the sum of all, in that order. */
function targetsAndShares({ rows, targets: given, weights }: SparseDataset, order: Uint32Array) {
  let total = 0;
  for (let row = 0; row < rows; row++) total += weights === undefined ? 1 : weights[row];
  const targets = new Uint32Array(rows);
  const shares = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    targets[row] = given[order[row]];
    shares[row] = (weights === undefined ? 1 : weights[order[row]]) / total;
  }
  return { targets, shares };
}

function trainBinary(data: SparseDataset, problem: LinearOutputs, context: LinearContext): Promise<TrainedLinear> {
  const optimizer = binaryOptimizer(oneAgainstRest(problem, 1), problem.loss, problem);
  return run(optimizer, problem.iterations, context, () => {
    const { shared, owned, bias, ...rest } = optimizer.solution();
    return { ...rest, weights: expandWeights(data, problem.rows, [{ shared, owned }]), bias: Float32Array.of(bias) };
  });
}

function trainMultinomial(data: SparseDataset, problem: LinearOutputs, context: LinearContext): Promise<TrainedLinear> {
  const { rows, iterations } = problem;
  const outputs = data.labels.length;
  const weights = (rows.columns + rows.rows) * outputs;
  const optimizer = quasiNewton(softmaxObjective({ ...problem, outputs }), weights, problem);
  return run(optimizer, iterations, context, () => {
    const point = optimizer.solution();
    const output = (number: number) => ({
      shared: everyNth(point.subarray(0, rows.columns * outputs), outputs, number),
      owned: everyNth(point.subarray(rows.columns * outputs, weights), outputs, number),
    });
    return {
      weights: expandWeights(
        data,
        rows,
        data.labels.map((_, number) => output(number)),
      ),
      bias: Float32Array.from(point.subarray(weights)),
      objective: optimizer.objective,
      iterations: optimizer.iteration,
      converged: optimizer.converged,
    };
  });
}

/** Steps an optimizer to its end, telling of each step. */
async function run<S>(
  optimizer: Optimizer<S>,
  iterations: number,
  { signal, afterIteration }: LinearContext,
  learned: () => TrainedLinear,
): Promise<TrainedLinear> {
  while (optimizer.step()) {
    throwIfAborted(signal);
    const { iteration, converged } = optimizer;
    if (await afterIteration?.({ iteration, iterations, objective: () => optimizer.objective, converged, learned }))
      break;
  }
  return learned();
}

/** Below so many entries times outputs the start of a thread takes longer than it spares. How many there are decides nothing. */
const worthThreads = 1_000_000;

async function trainOneVsRest(
  data: SparseDataset,
  problem: LinearOutputs,
  context: LinearContext,
): Promise<TrainedLinear> {
  const { workers = 1, stepwise = false } = context;
  if (stepwise || problem.rows.indices.length * data.labels.length < worthThreads)
    return trainInStep(data, problem, context);
  const labels = data.labels.map((_, label) => label);
  const done = new Array<LinearOutput | undefined>(labels.length);
  const learned = () => {
    const outputs = labels.map((label) => done[label] ?? learnOutput({ ...problem, iterations: stepsInHaste }, label));
    return together(data, problem.rows, outputs);
  };
  let objective = 0;
  let converged = true;
  const outputs = await runJobs("linear-output", workers > 1 ? inSharedMemory(problem) : problem, labels, {
    workers,
    signal: context.signal,
    onJob(output, iteration, label) {
      done[label] = output;
      objective += output.objective;
      converged &&= output.converged;
      const [iterations, provisional] = [labels.length, iteration < labels.length];
      const reached = objective;
      return context.afterIteration?.({
        ...{ iteration, iterations, converged, provisional, learned },
        objective: () => reached,
      });
    },
  });
  return together(data, problem.rows, outputs);
}

/** Steps of an output that an interruption leaves no time for more. */
export const stepsInHaste = 3;

/** All outputs a step each, again and again: so there is a model after every iteration. */
function trainInStep(data: SparseDataset, problem: LinearOutputs, context: LinearContext): Promise<TrainedLinear> {
  const optimizers = data.labels.map((_, label) =>
    binaryOptimizer(oneAgainstRest(problem, label), problem.loss, problem),
  );
  const learned = () =>
    together(
      data,
      problem.rows,
      optimizers.map((optimizer) => asStored(optimizer.solution())),
    );
  return run(inStep(optimizers), problem.iterations, context, learned);
}

/** Several optimizers as one, whose step is a step of each that is not at its end. */
function inStep(optimizers: readonly Optimizer<unknown>[]): Optimizer<void> {
  let iteration = 0;
  return {
    step() {
      const steps = optimizers.map((optimizer) => optimizer.step());
      if (!steps.includes(true)) return false;
      iteration++;
      return true;
    },
    get iteration() {
      return iteration;
    },
    get objective() {
      return optimizers.reduce((sum, { objective }) => sum + objective, 0);
    },
    get converged() {
      return optimizers.every(({ converged }) => converged);
    },
    solution() {},
  };
}

function together(data: SparseDataset, rows: CondensedRows, outputs: readonly LinearOutput[]): TrainedLinear {
  return {
    weights: expandWeights(data, rows, outputs),
    bias: Float32Array.from(outputs, ({ bias }) => bias),
    objective: outputs.reduce((sum, output) => sum + output.objective, 0),
    iterations: outputs.reduce((sum, { iterations }) => sum + iterations, 0),
    converged: outputs.every(({ converged }) => converged),
  };
}

/** What threads need to learn outputs, in memory that they share. */
function inSharedMemory({ rows, targets, shares, ...rest }: LinearOutputs): LinearOutputs {
  const { offsets, indices, values, own } = rows;
  return {
    ...rest,
    targets: sharedArray(targets),
    shares: sharedArray(shares),
    rows: {
      ...rows,
      offsets: sharedArray(offsets),
      indices: sharedArray(indices),
      values: sharedArray(values),
      own: sharedArray(own),
      // Only the expansion of weights needs these.
      ...{ homes: new Int32Array(), order: new Uint32Array(), singles: new Float32Array() },
    },
  };
}

function everyNth(values: Float64Array, n: number, first: number): Float64Array {
  const found = new Float64Array(values.length / n);
  for (let i = 0; i < found.length; i++) found[i] = values[i * n + first];
  return found;
}
