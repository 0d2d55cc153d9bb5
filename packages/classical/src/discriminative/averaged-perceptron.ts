import { seededRandom, throwIfAborted } from "@bifocal/contracts";
import { calibrationSettings } from "../calibration/learn-calibration.js";
import { counting } from "../counting.js";
import { type SparseDataset, valueAt } from "../features/sparse-dataset.js";
import type { Settings } from "../learner.js";
import { type AveragedPerceptron, averagedPerceptron } from "../optimize/averaged-perceptron.js";
import { shuffleInPlace } from "../optimize/shuffle-in-place.js";
import { type RowTrainingContext, textLearner } from "../text-learner.js";
import { classWeightSetting, weighLabels } from "./class-weights.js";
import { fitCalibrated } from "./fit-calibrated.js";
import type { LearnedLinear } from "./linear-params.js";
import { type LinearWeights, outputsOf } from "./train-linear.js";

/**
 * The averaged perceptron of labels (Freund & Schapire 1999; of several labels, Crammer & Singer 2003): after each row
 * that is answered wrongly, its features count for its label and against the answer, as often as the row's weight says;
 * the weights' mean over all rows seen is what decides.
 */
export const averagedPerceptronLearner = textLearner<LearnedLinear>({
  name: "averaged-perceptron",
  family: "averaged perceptron",
  paradigm: "discriminative",
  settings: {
    iterations: { type: "integer", min: 1, max: 10_000, default: 10, about: "pass over the texts so many times" },
    ...classWeightSetting,
    ...calibrationSettings,
  },
  // The weights, what their mean lacks, and the mean.
  bytesPerWeight: () => 16,
  fit: (data, settings, context) =>
    fitCalibrated(data, settings, context, (rows, watched) =>
      trainPerceptron(weighLabels(rows, settings), settings, watched),
    ),
});

async function trainPerceptron(
  data: SparseDataset,
  { iterations }: Settings,
  { signal, seed = 1, afterIteration }: RowTrainingContext<LearnedLinear>,
): Promise<LearnedLinear> {
  const outputs = outputsOf(data.labels.length);
  // The biases stand behind the weights, as a column that every row has.
  const perceptron = averagedPerceptron((data.columns + 1) * outputs);
  const learned = (): LearnedLinear => ({ kind: "linear", version: 2, link: "margin", ...split(perceptron, outputs) });
  const [order, random] = [counting(Uint32Array, data.rows), seededRandom(seed)];
  for (let iteration = 1; iteration <= (iterations as number); iteration++) {
    shuffleInPlace(order, random);
    let mistakes = 0;
    for (const row of order) mistakes += Number(learnRow(perceptron, data, row, outputs));
    throwIfAborted(signal);
    const objective = () => mistakes / data.rows;
    const ends = await afterIteration?.({ iteration, iterations: iterations as number, objective, learned });
    if (ends || mistakes === 0) break;
  }
  return learned();
}

function split(perceptron: AveragedPerceptron, outputs: number): LinearWeights {
  const average = perceptron.average();
  return { weights: average.slice(0, -outputs), bias: average.slice(-outputs) };
}

/** Answers a row, learns from it where that is wrong, and tells whether it was. */
function learnRow(perceptron: AveragedPerceptron, data: SparseDataset, row: number, outputs: number): boolean {
  const target = data.targets[row];
  const answer = answerOf(perceptron.weights, data, row, outputs);
  const weight = data.weights?.[row] ?? 1;
  if (answer !== target && outputs === 1)
    addRow(perceptron, data, row, { output: 0, outputs, amount: target === 1 ? weight : -weight });
  else if (answer !== target) {
    addRow(perceptron, data, row, { output: target, outputs, amount: weight });
    addRow(perceptron, data, row, { output: answer, outputs, amount: -weight });
  }
  perceptron.step();
  return answer !== target;
}

function answerOf(
  weights: Float32Array,
  { columns, offsets, indices, values }: SparseDataset,
  row: number,
  outputs: number,
): number {
  let [answer, best] = [0, Number.NEGATIVE_INFINITY];
  for (let o = 0; o < outputs; o++) {
    let score = weights[columns * outputs + o];
    for (let k = offsets[row]; k < offsets[row + 1]; k++)
      score += valueAt(values, k) * weights[indices[k] * outputs + o];
    if (outputs === 1) return Number(score > 0);
    if (score > best) [answer, best] = [o, score];
  }
  return answer;
}

function addRow(
  perceptron: AveragedPerceptron,
  { columns, offsets, indices, values }: SparseDataset,
  row: number,
  { output, outputs, amount }: { readonly output: number; readonly outputs: number; readonly amount: number },
): void {
  for (let k = offsets[row]; k < offsets[row + 1]; k++)
    perceptron.add(indices[k] * outputs + output, amount * valueAt(values, k));
  perceptron.add(columns * outputs + output, amount);
}
