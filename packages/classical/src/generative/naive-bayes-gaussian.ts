import type { TextRow } from "../features/row-reader.js";
import { entryStarts, type NaiveBayesCounts } from "./naive-bayes-counts.js";
import { logPriors, type NaiveBayesOptions } from "./naive-bayes-linear.js";

/** Means and variances of the columns in the rows of each label; both are of the smoothing alone where there is no entry. */
export interface GaussianForm {
  /** A number a label: its log prior, and the log density of a row of zeros. */
  readonly bias: Float64Array;
  readonly starts: Uint32Array;
  readonly entryLabels: NaiveBayesCounts["entryLabels"];
  readonly means: Float64Array;
  readonly variances: Float64Array;
  /** The variance of a column that no row of the label has. */
  readonly leastVariance: number;
}

/**
 * log p(row | label) = Σ over all columns of −½ log(2π·variance) − (x − mean)² / (2·variance), a density: columns are
 * independent, each normal within a label. Every variance is raised by smoothing × the largest variance of a column
 * over all rows (scikit-learn's `var_smoothing`); by the smoothing alone where no column varies.
 */
export function gaussianForm(counted: NaiveBayesCounts, { smoothing, priors }: NaiveBayesOptions): GaussianForm {
  const { documents, entryLabels, entriesOfColumn, counts } = counted;
  const starts = entryStarts(entriesOfColumn);
  const leastVariance = smoothing * (largestVariance(counted, starts) || 1);
  const means = new Float64Array(entryLabels.length);
  const variances = new Float64Array(entryLabels.length);
  const leastLog = Math.log(2 * Math.PI * leastVariance);
  const bias = logPriors(documents, priors).map((prior) => prior - (entriesOfColumn.length * leastLog) / 2);
  for (let entry = 0; entry < entryLabels.length; entry++) {
    const label = entryLabels[entry];
    const { mean, squares } = momentsOf(counts, entry, documents[label]);
    means[entry] = mean;
    variances[entry] = squares / documents[label] + leastVariance;
    bias[label] += (leastLog - Math.log(2 * Math.PI * variances[entry]) - (mean * mean) / variances[entry]) / 2;
  }
  return { bias, starts, entryLabels, means, variances, leastVariance };
}

/** Mean, and sum of squares about it, of a column over so many rows, those that lack it being 0. */
function momentsOf(counts: NaiveBayesCounts["counts"], entry: number, rows: number): { mean: number; squares: number } {
  const [present, sum, about] = [counts[3 * entry], counts[3 * entry + 1], counts[3 * entry + 2]];
  const lacking = Math.max(0, rows - present);
  // Two groups are put together (Chan et al. 1979): those that have the column, and the zeros.
  return { mean: sum / rows, squares: present > 0 ? about + ((sum / present) * sum * lacking) / rows : 0 };
}

/** The largest variance of a column over the rows of all labels. */
function largestVariance({ documents, counts }: NaiveBayesCounts, starts: Uint32Array): number {
  const rows = documents.reduce((sum, each) => sum + each, 0);
  let largest = 0;
  for (let column = 0; column + 1 < starts.length; column++) {
    const pooled = new Float64Array(3);
    for (let entry = starts[column]; entry < starts[column + 1]; entry++) pool(pooled, counts, 3 * entry);
    largest = Math.max(largest, momentsOf(pooled, 0, rows).squares / rows);
  }
  return largest;
}

function pool(pooled: Float64Array, counts: NaiveBayesCounts["counts"], at: number): void {
  const [present, sum] = [counts[at], counts[at + 1]];
  if (present === 0) return;
  const together = pooled[0] + present;
  const apart = pooled[0] > 0 ? sum / present - pooled[1] / pooled[0] : 0;
  pooled[2] += counts[at + 2] + (apart * apart * pooled[0] * present) / together;
  pooled[0] = together;
  pooled[1] += sum;
}

/** log p(label, row), a number a label; a density over the row. */
export function scoreGaussianRow(
  form: GaussianForm,
  { indices, values, length }: Pick<TextRow, "indices" | "values" | "length">,
): Float64Array {
  const { bias, starts, entryLabels, means, variances, leastVariance } = form;
  const scores = bias.slice();
  // Squares in columns without an entry, a number a label; whole numbers stay exact, however small the variance is.
  const unexpected = new Float64Array(bias.length);
  let squares = 0;
  for (let k = 0; k < length; k++) {
    const value = values[k];
    squares += value * value;
    for (let entry = starts[indices[k]]; entry < starts[indices[k] + 1]; entry++) {
      const label = entryLabels[entry];
      unexpected[label] -= value * value;
      scores[label] += (value * (means[entry] - value / 2)) / variances[entry];
    }
  }
  for (let label = 0; label < scores.length; label++)
    scores[label] -= (squares + unexpected[label]) / (2 * leastVariance);
  return scores;
}
