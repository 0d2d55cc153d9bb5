import type { SparseDataset } from "../features/sparse-dataset.js";
import type { Setting } from "../learner.js";

/** The setting of how classes count. */
export const classWeightSetting = {
  classWeight: {
    type: "string",
    choices: ["none", "balanced"],
    default: "none",
    about: "how labels count: balanced, the rare ones count more",
  },
} as const satisfies Record<string, Setting>;

/**
 * The rows, where each label's weights are multiplied with n / (k · n of the label), n sums of weights and k the number
 * of labels, so that all labels count the same (King & Zeng 2001; scikit-learn's "balanced").
 */
export function balanceLabels(data: SparseDataset): SparseDataset {
  const { rows, targets, labels } = data;
  const given = data.weights ?? new Float32Array(rows).fill(1);
  const counts = new Float64Array(labels.length);
  for (let row = 0; row < rows; row++) counts[targets[row]] += given[row];
  const total = counts.reduce((sum, count) => sum + count, 0);
  const weights = given.map((weight, row) => (weight * total) / (labels.length * counts[targets[row]]));
  return { ...data, weights };
}
