import { BifocalError, checkOption, didYouMean, type OptionRule, type Random, seededRandom } from "@bifocal/contracts";
import type { SparseRow } from "../features/sparse-dataset.js";
import { columnsOf, termsOf } from "../features/text-params.js";
import { checkOptionNames } from "../training/check-options.js";
import { entryStarts } from "./naive-bayes-counts.js";
import { gaussianForm } from "./naive-bayes-gaussian.js";
import type { NaiveBayesParams } from "./naive-bayes-model.js";

/** How rows are drawn. */
export interface SampleOptions {
  /** The same seed gives the same row (0 to 2^32 - 1). Default 0. */
  readonly seed?: number;
  /** Multinomial only: how many terms are drawn (1 to 1,000,000). Default: as many as a text of the label has on average. */
  readonly length?: number;
}

/** A row drawn from what a label is thought to make. */
export interface SampledRow extends SparseRow {
  /** Multinomial: the terms as they were drawn. Bernoulli and Gaussian: those of the columns. */
  readonly terms: readonly string[];
}

const optionRules: Readonly<Record<string, OptionRule>> = {
  seed: { type: "integer", min: 0, max: 2 ** 32 - 1, about: "" },
  length: { type: "integer", min: 1, max: 1_000_000, about: "" },
};

type Draw = (params: NaiveBayesParams, label: number, random: Random, length: number | undefined) => SampledRow;

const draws: Readonly<Record<NaiveBayesParams["event"], Draw | undefined>> = {
  multinomial: drawTerms,
  bernoulli: drawSet,
  gaussian: drawValues,
  complement: undefined,
};

/** What draws a row of a label; nothing for the complement, which is no model of rows. */
export function rowSampler(
  params: NaiveBayesParams,
): ((label: string, options?: SampleOptions) => SampledRow) | undefined {
  const draw = draws[params.event];
  return (
    draw &&
    ((name, options = {}) => {
      const label = params.labels.indexOf(name);
      if (label < 0) throw unknownLabel(name, params.labels);
      checkSampleOptions(params, options);
      const { seed = 0, length } = options;
      return draw(params, label, seededRandom(seed), length);
    })
  );
}

/** Terms drawn one after another from p(term | label), and how often each came. */
function drawTerms(params: NaiveBayesParams, label: number, random: Random, length?: number): SampledRow {
  const { smoothing, documents } = params;
  const counts = numbersOfLabel(params, label);
  const cumulated = new Float64Array(counts.length);
  let [total, read] = [0, 0];
  for (let column = 0; column < counts.length; column++) {
    read += counts[column];
    total += counts[column] + smoothing;
    cumulated[column] = total;
  }
  const drawn = Array.from({ length: length ?? Math.max(1, Math.round(read / documents[label])) }, () =>
    firstAbove(cumulated, random() * total),
  );
  const often = new Map<number, number>();
  for (const column of drawn) often.set(column, (often.get(column) ?? 0) + 1);
  const columns = [...often].sort(([a], [b]) => a - b);
  const terms = termsOf(params);
  return {
    indices: Uint32Array.from(columns, ([column]) => column),
    values: Float32Array.from(columns, ([, times]) => times),
    terms: drawn.map((column) => terms[column]),
  };
}

/** Each column by itself, as likely as it is among the rows of the label. */
function drawSet(params: NaiveBayesParams, label: number, random: Random): SampledRow {
  const { smoothing, documents } = params;
  const rows = documents[label] + 2 * smoothing;
  const counts = numbersOfLabel(params, label);
  const columns: number[] = [];
  for (let column = 0; column < counts.length; column++)
    if (random() * rows < counts[column] + smoothing) columns.push(column);
  const terms = termsOf(params);
  return {
    indices: Uint32Array.from(columns),
    values: new Float32Array(columns.length).fill(1),
    terms: columns.map((column) => terms[column]),
  };
}

/** A value in every column, normal around its mean in the label. */
function drawValues(params: NaiveBayesParams, label: number, random: Random): SampledRow {
  const { starts, entryLabels, means, variances, leastVariance } = gaussianForm(params, params);
  const columns = columnsOf(params);
  const values = new Float32Array(columns);
  for (let column = 0; column < columns; column++) {
    let [mean, variance] = [0, leastVariance];
    for (let entry = starts[column]; entry < starts[column + 1]; entry++)
      if (entryLabels[entry] === label) [mean, variance] = [means[entry], variances[entry]];
    values[column] = mean + Math.sqrt(variance) * normal(random);
  }
  return { indices: Uint32Array.from(values, (_, column) => column), values, terms: [...termsOf(params)] };
}

/** A number from the standard normal distribution (Box & Muller 1958). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** The count of each column in a label. */
function numbersOfLabel({ entriesOfColumn, entryLabels, counts }: NaiveBayesParams, label: number): Float64Array {
  const starts = entryStarts(entriesOfColumn);
  const numbers = new Float64Array(entriesOfColumn.length);
  for (let column = 0; column < numbers.length; column++)
    for (let entry = starts[column]; entry < starts[column + 1]; entry++)
      if (entryLabels[entry] === label) numbers[column] = counts[entry];
  return numbers;
}

/** The first place whose number is above the asked one, in ascending numbers. */
function firstAbove(numbers: Float64Array, asked: number): number {
  let [low, high] = [0, numbers.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] > asked) high = middle;
    else low = middle + 1;
  }
  return low;
}

function checkSampleOptions({ event }: NaiveBayesParams, options: SampleOptions): void {
  checkOptionNames("sample", options, { seed: true, length: true });
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    if (name === "length" && event !== "multinomial")
      throw new BifocalError("unknown-option", `A ${event} sample has no length of its own. Leave length out.`);
    checkOption(name, optionRules[name], value);
  }
}

function unknownLabel(label: string, labels: readonly string[]): BifocalError {
  return new BifocalError("invalid-input", `There is no label "${label}". ${didYouMean(label, labels)}`);
}
