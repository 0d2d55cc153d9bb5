import { BifocalError, didYouMean, isItemWeight, itemWeightRange } from "@bifocal/contracts";
import type { SparseDataset } from "../features/sparse-dataset.js";
import type { Setting, Settings } from "../learner.js";

/** The setting of how classes count. */
export const classWeightSetting = {
  classWeight: {
    type: "string",
    default: "none",
    about: "how labels count: none, balanced (rare ones more), or each, as in spam=5,ham=1",
    check: (value) => void (isNamed(value) || weightsOfLabels(`${value}`)),
  },
} as const satisfies Record<string, Setting>;

/**
 * The rows, weighted by their labels as the setting says; labels that it does not name count 1.
 * @throws {BifocalError} `invalid-input` for what is no such setting, or names a label that there is not.
 */
export function weighLabels(data: SparseDataset, { classWeight }: Settings): SparseDataset {
  if (isNamed(classWeight)) return classWeight === "balanced" ? balanceLabels(data) : data;
  const weights = weightsOfLabels(`${classWeight}`);
  const unknown = [...weights.keys()].find((label) => !data.labels.includes(label));
  if (unknown !== undefined)
    throw new BifocalError(
      "invalid-input",
      `classWeight names "${unknown}", which is no label. ${didYouMean(unknown, data.labels)}`,
    );
  return times(
    data,
    data.labels.map((label) => weights.get(label) ?? 1),
  );
}

/** @throws {BifocalError} `invalid-input` where labels are to be balanced of which not all texts are known. */
export function refuseBalanced({ classWeight }: Settings): void {
  if (classWeight !== "balanced") return;
  const message =
    "Labels can be balanced only where all texts are known: give each its weight, or leave out classWeight.";
  throw new BifocalError("invalid-input", message);
}

function isNamed(classWeight: Settings[string] | undefined): boolean {
  return classWeight === undefined || classWeight === "none" || classWeight === "balanced";
}

/**
 * The rows, where each label's weights are multiplied with n / (k · n of the label), n sums of weights and k the number
 * of labels, so that all labels count the same (King & Zeng 2001; scikit-learn's "balanced").
 */
function balanceLabels(data: SparseDataset): SparseDataset {
  const { rows, targets, labels } = data;
  const counts = new Float64Array(labels.length);
  for (let row = 0; row < rows; row++) counts[targets[row]] += data.weights?.[row] ?? 1;
  const total = counts.reduce((sum, count) => sum + count, 0);
  return times(
    data,
    Array.from(counts, (count) => total / (labels.length * count)),
  );
}

/** The rows, weighted so many times as much, by label. */
function times(data: SparseDataset, factors: readonly number[]): SparseDataset {
  const weights = Float32Array.from(data.targets, (target, row) => factors[target] * (data.weights?.[row] ?? 1));
  return { ...data, weights };
}

function weightsOfLabels(given: string): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const pair of given.split(",")) {
    const equals = pair.lastIndexOf("=");
    const [label, weight] = [pair.slice(0, equals).trim(), Number(pair.slice(equals + 1).trim() || Number.NaN)];
    if (equals < 1 || !isItemWeight(weight) || weights.has(label))
      throw new BifocalError(
        "invalid-input",
        `classWeight is none, balanced, or each label=weight once, where a weight is ${itemWeightRange}, as in spam=5,ham=1; not "${given}".`,
      );
    weights.set(label, weight);
  }
  return weights;
}
