import type { SparseDataset } from "../features/sparse-dataset.js";
import type { Setting, Settings } from "../learner.js";
import type { OptimizerName } from "../optimize/binary-optimizer.js";
import type { LossName } from "../optimize/margin-losses.js";
import type { RowTrainingContext } from "../text-learner.js";
import { classWeightSetting, weighLabels } from "./class-weights.js";
import { type LinearOptions, type TrainedLinear, trainLinear } from "./train-linear.js";

/** The settings that all learners share that minimize mean loss + (l2 / 2) ‖w‖² + l1 ‖w‖₁. */
export const linearSettings = {
  l2: { type: "number", min: 0, max: 1000, default: 1e-4, about: "strength of the penalty on large weights" },
  l1: { type: "number", min: 0, max: 1000, default: 0, about: "strength of the penalty that makes weights 0" },
  bias: { type: "boolean", default: true, about: "learn how likely labels are before reading" },
  ...classWeightSetting,
  tolerance: {
    type: "number",
    above: 0,
    max: 1,
    default: 1e-4,
    about: "stop once the objective is within this share of the least",
  },
  iterations: { type: "integer", min: 1, max: 100_000, default: 1000, about: "stop after so many steps or passes" },
} as const satisfies Record<string, Setting>;

/** The setting of the optimizer, for losses that more than one can minimize. */
export const optimizerSetting = {
  optimizer: {
    type: "string",
    choices: ["auto", "lbfgs", "dual-coordinate-descent"],
    default: "auto",
    about:
      "dual-coordinate-descent is fast, but not for l1 or multinomial; auto begins with it where it can, and ends by lbfgs where that does not converge",
  },
} as const satisfies Record<string, Setting>;

/** Trains as the settings say, which were checked against `linearSettings`. */
export function trainBySettings<L>(
  data: SparseDataset,
  settings: Settings,
  { loss, multiclass }: { readonly loss: LossName; readonly multiclass: LinearOptions["multiclass"] },
  { afterIteration, seed = 1, ...context }: RowTrainingContext<L>,
  learned: (trained: Pick<TrainedLinear, "weights" | "bias">) => L,
): Promise<TrainedLinear> {
  const rows = weighLabels(data, settings);
  return trainLinear(rows, linearOptions(data, settings, { loss, multiclass, seed }), {
    ...context,
    ...(afterIteration && {
      afterIteration: ({ learned: weights, ...iteration }) =>
        afterIteration({ ...iteration, learned: () => learned(weights()) }),
    }),
  });
}

/** What the settings, checked against `linearSettings`, say of a training on the rows. */
export function linearOptions(
  { labels }: SparseDataset,
  settings: Settings,
  { loss, multiclass, seed }: Pick<LinearOptions, "loss" | "multiclass" | "seed">,
): LinearOptions {
  const [l1, l2] = [settings.l1 as number, settings.l2 as number];
  const isMultinomial = multiclass === "multinomial" && labels.length > 2;
  const optimizer = optimizerOf(settings.optimizer ?? "auto", isMultinomial || l1 > 0 || l2 === 0);
  const { bias, tolerance, iterations } = settings as { bias: boolean; tolerance: number; iterations: number };
  return { loss, multiclass, l1, l2, optimizer, bias, tolerance, iterations, seed };
}

function optimizerOf(setting: unknown, needsLbfgs: boolean): OptimizerName {
  if (setting !== "auto") return setting as OptimizerName;
  return needsLbfgs ? "lbfgs" : "auto";
}

/**
 * About how many bytes of memory a weight takes: of L-BFGS over all outputs at once a dozen numbers, of those columns that
 * stand in several rows; of OWL-QN that of every column; of coordinate descent the weight, of each output at once.
 */
export function linearBytesPerWeight({ l1, l2, optimizer, multiclass }: Settings, labels: number): number {
  if ((l1 as number) > 0) return 150;
  const isMultinomial = multiclass === "multinomial" && labels > 2;
  return isMultinomial || optimizer === "lbfgs" || l2 === 0 ? 80 : 12;
}
