import {
  type EntryPlaces,
  type EntrySurvey,
  type NaiveBayesCounts,
  surveyEntries,
  type WholeNumbers,
} from "./naive-bayes-counts.js";

/** What turns counts into probabilities. */
export interface NaiveBayesOptions {
  /**
   * Multinomial, complement and Bernoulli: added to every count (Lidstone). Gaussian: this share of the largest variance
   * of a column is added to every variance.
   */
  readonly smoothing: number;
  /** Whether labels are as likely as they are frequent, or all alike. */
  readonly priors: "data" | "uniform";
  /** Complement: divide each label's weights by their sum, so that long texts do not rule. */
  readonly normalizeWeights: boolean;
}

/**
 * Naive Bayes as a linear function of a row. A label's score is
 *
 *   bias + scale · Σ over the row's columns of x · (other + ofColumn[column] + the entry's delta, where there is one)
 *
 * so that a row costs as many steps as its columns have entries, however many labels there are.
 */
export interface LinearForm {
  /** A number a label. */
  readonly bias: Float64Array;
  /** A number a label: what a value weighs in a column that the label does not have. */
  readonly other: Float64Array;
  readonly scale: Float64Array;
  /** A number a column, the same for every label; empty where it is 0. */
  readonly ofColumn: Float64Array;
  readonly places: EntryPlaces;
  readonly entryLabels: WholeNumbers;
  /** A number an entry; where there are `codes`, a number a code. */
  readonly deltas: Float64Array;
  /** Where entries of the same code have the same delta: the code of each, so that none need be made an entry. */
  readonly codes?: WholeNumbers;
  /** Whether x is 1 for every value above 0, and else the value. */
  readonly binary: boolean;
}

/** log p(label), a number a label. */
export function logPriors(documents: Float64Array, priors: NaiveBayesOptions["priors"]): Float64Array {
  if (priors === "uniform") return documents.map(() => -Math.log(documents.length));
  const all = documents.reduce((sum, each) => sum + each, 0);
  return documents.map((each) => Math.log(each / all));
}

/**
 * log p(row | label) = Σ x · log p(column | label), with p(column | label) =
 * (count + smoothing) / (Σ counts of the label + smoothing · columns) (McCallum & Nigam 1998, eq. 6, Lidstone's smoothing;
 * without the coefficient for the order of the terms, which no label changes).
 */
export function multinomialForm(
  counted: NaiveBayesCounts,
  { smoothing, priors }: NaiveBayesOptions,
  survey: EntrySurvey = surveyEntries(counted),
): LinearForm {
  const { documents, counts, entryLabels, entriesOfColumn } = counted;
  const totals = survey.totals.map((total) => total + smoothing * entriesOfColumn.length);
  const logOf = logOfCounts(smoothing);
  const unseen = logOf(0);
  return {
    bias: logPriors(documents, priors),
    other: totals.map((total) => unseen - Math.log(total)),
    scale: documents.map(() => 1),
    ofColumn: new Float64Array(),
    places: survey.places,
    entryLabels,
    ...deltasOfCounts(counts, survey.largest, (count) => logOf(count) - unseen),
    binary: false,
  };
}

/** Of counts in narrow types, the counts are the codes. */
function deltasOfCounts(
  counts: NaiveBayesCounts["counts"],
  largest: number,
  deltaOf: (count: number) => number,
): Pick<LinearForm, "deltas" | "codes"> {
  const areCodes = counts instanceof Uint8Array || counts instanceof Uint16Array;
  const deltas = new Float64Array(areCodes ? largest + 1 : counts.length);
  for (let i = 0; i < deltas.length; i++) deltas[i] = deltaOf(areCodes ? i : counts[i]);
  return areCodes ? { deltas, codes: counts } : { deltas };
}

/**
 * log p(row | label) = Σ over all columns of log p where the row has the column, and of log (1 − p) where not, with
 * p = (rows of the label that have it + smoothing) / (rows of the label + 2 · smoothing) (McCallum & Nigam 1998, eq. 1 and 5).
 */
export function bernoulliForm(
  counted: NaiveBayesCounts,
  { smoothing, priors }: NaiveBayesOptions,
  survey: EntrySurvey = surveyEntries(counted),
): LinearForm {
  const { documents, counts, entryLabels, entriesOfColumn } = counted;
  const unseenLack = documents.map((rows) => Math.log(rows + smoothing));
  const bias = logPriors(documents, priors);
  for (let label = 0; label < bias.length; label++)
    bias[label] += entriesOfColumn.length * (unseenLack[label] - Math.log(documents[label] + 2 * smoothing));
  const other = unseenLack.map((lack) => Math.log(smoothing) - lack);
  const logOf = logOfCounts(smoothing);
  const deltas = Float64Array.from(counts, (count, entry) => {
    const label = entryLabels[entry];
    const lack = Math.log(documents[label] - count + smoothing);
    bias[label] += lack - unseenLack[label];
    return logOf(count) - lack - other[label];
  });
  return {
    bias,
    other,
    scale: documents.map(() => 1),
    ofColumn: new Float64Array(),
    places: survey.places,
    entryLabels,
    deltas,
    binary: true,
  };
}

/**
 * The score of a label is log p(label) − Σ x · log q(column), q = (count in all other labels + smoothing) / (their Σ of
 * counts + smoothing · columns) (Rennie et al. 2003, section 3.1). With `normalizeWeights` the weights of a label are
 * divided by the sum of their magnitudes and there is no prior (section 3.2). No probability of a row.
 */
export function complementForm(
  counted: NaiveBayesCounts,
  { smoothing, priors, normalizeWeights }: NaiveBayesOptions,
  { places, totals }: EntrySurvey = surveyEntries(counted),
): LinearForm {
  const { documents, counts, entryLabels, entriesOfColumn } = counted;
  const columns = entriesOfColumn.length;
  const all = totals.reduce((sum, each) => sum + each, 0) + smoothing * columns;
  const other = totals.map((total) => Math.log(all - total));
  const ofColumn = new Float64Array(columns);
  const deltas = new Float64Array(counts.length);
  for (let column = 0, first = 0; column < columns; column++) {
    const end = first + entriesOfColumn[column];
    let total = 0;
    for (let entry = first; entry < end; entry++) total += counts[entry];
    ofColumn[column] = -Math.log(total + smoothing);
    for (let entry = first; entry < end; entry++) {
      // What remains of a column that only one label has is the smoothing alone, however small; rounding may go below.
      const others = Math.max(0, total - counts[entry]);
      deltas[entry] = -Math.log(others + smoothing) - ofColumn[column];
    }
    first = end;
  }
  const weights = { other, ofColumn, entryLabels, deltas };
  return {
    bias: normalizeWeights ? documents.map(() => 0) : logPriors(documents, priors),
    scale: normalizeWeights ? sumsOfWeights(weights).map((sum) => 1 / sum) : documents.map(() => 1),
    ...weights,
    places,
    binary: false,
  };
}

/** The sum of the weights of each label over all columns; those of a complement are −log q, all of one sign. */
function sumsOfWeights({
  other,
  ofColumn,
  entryLabels,
  deltas,
}: Pick<LinearForm, "other" | "ofColumn" | "entryLabels" | "deltas">): Float64Array {
  const shared = ofColumn.reduce((sum, each) => sum + each, 0);
  const sums = other.map((each) => each * ofColumn.length + shared);
  for (let entry = 0; entry < deltas.length; entry++) sums[entryLabels[entry]] += deltas[entry];
  return sums;
}

/** The weight of each column and label: columns × labels, for those who cannot use entries. */
export function denseWeights({ other, scale, ofColumn, places, entryLabels, deltas, codes }: LinearForm): Float64Array {
  const labels = other.length;
  const { entriesOfColumn } = places;
  const columns = entriesOfColumn.length;
  const weights = new Float64Array(columns * labels);
  for (let column = 0, entry = 0; column < columns; column++) {
    const shared = ofColumn.length > 0 ? ofColumn[column] : 0;
    for (let label = 0; label < labels; label++)
      weights[column * labels + label] = scale[label] * (other[label] + shared);
    for (const end = entry + entriesOfColumn[column]; entry < end; entry++) {
      const label = entryLabels[entry];
      weights[column * labels + label] += scale[label] * deltas[codes === undefined ? entry : codes[entry]];
    }
  }
  return weights;
}

const tabulated = 1024;

/** log(count + smoothing): most counts are small whole numbers, and looked up. */
function logOfCounts(smoothing: number): (count: number) => number {
  const table = Float64Array.from({ length: tabulated }, (_, count) => Math.log(count + smoothing));
  return (count) => (count < tabulated && Number.isInteger(count) ? table[count] : Math.log(count + smoothing));
}
