import { calibrationSettings } from "../calibration/learn-calibration.js";
import type { SparseDataset } from "../features/sparse-dataset.js";
import type { Settings } from "../learner.js";
import { type RowTrainingContext, textLearner } from "../text-learner.js";
import { weighLabels } from "./class-weights.js";
import { fitCalibrated } from "./fit-calibrated.js";
import type { LearnedLinear } from "./linear-params.js";
import {
  linearBytesPerWeight,
  linearOptions,
  linearSettings,
  optimizerSetting,
  trainBySettings,
} from "./linear-settings.js";
import { foldRatios, logCountRatios, scaledByRatios } from "./nbsvm-ratios.js";
import { type LinearWeights, trainInHaste } from "./train-linear.js";

const losses = ["squared-hinge", "logistic"] as const;

/**
 * NBSVM: a linear model over features that are scaled by naive Bayes' log-count ratios, drawn towards naive Bayes by
 * interpolation (Wang & Manning 2012); one label against the rest. What it learns is folded into the weights of a
 * linear model over the features as they are. Where C is given in the literature, l2 is 1 / (C · texts).
 */
export const nbsvmLearner = textLearner<LearnedLinear>({
  name: "nbsvm",
  family: "NBSVM",
  paradigm: "discriminative",
  settings: {
    ...linearSettings,
    bias: { ...linearSettings.bias, default: false },
    smoothing: {
      type: "number",
      above: 0,
      max: 1000,
      default: 1,
      about: "added to the count of every term before ratios are taken",
    },
    interpolation: {
      type: "number",
      min: 0,
      max: 1,
      default: 0.25,
      about: "share of the learned weights; the rest is their mean magnitude for all, which is naive Bayes",
    },
    loss: { type: "string", choices: losses, default: "squared-hinge", about: "what is minimized" },
    ...optimizerSetting,
    ...calibrationSettings,
  },
  bytesPerWeight: linearBytesPerWeight,
  fit: (data, settings, context) =>
    fitCalibrated(data, settings, context, async (rows, watched) => learned(await trainNbsvm(rows, settings, watched))),
});

/** Interpolated weights are of no scale that a probability could be read from. */
function learned({ weights, bias }: LinearWeights): LearnedLinear {
  return { kind: "linear", version: 2, link: "margin", weights, bias };
}

type NbsvmContext = RowTrainingContext<LearnedLinear>;

async function trainNbsvm(data: SparseDataset, settings: Settings, context: NbsvmContext): Promise<LinearWeights> {
  const rows = weighLabels(data, settings);
  return data.labels.length === 2 ? trainOutput(rows, 1, settings, context) : trainOneVsRest(rows, settings, context);
}

/**
 * Every output has features of its own scale, so outputs are trained one after another. An interruption keeps those that
 * are done, and learns the others in haste.
 */
async function trainOneVsRest(
  data: SparseDataset,
  settings: Settings,
  { afterIteration, ...context }: NbsvmContext,
): Promise<LinearWeights> {
  const iterations = data.labels.length;
  const done: LinearWeights[] = [];
  const haste = (label: number) => outputInHaste(data, label, settings, context.seed);
  const learnedSoFar = () => learned(together(data.labels.map((_, label) => done[label] ?? haste(label))));
  for (let label = 0; label < iterations; label++) {
    done.push(await trainOutput(data, label, settings, context));
    const iteration = { iteration: done.length, iterations, provisional: done.length < iterations };
    if (await afterIteration?.({ ...iteration, learned: learnedSoFar })) break;
  }
  return together(data.labels.map((_, label) => done[label] ?? haste(label)));
}

/** Outputs side by side: columns × outputs. */
function together(outputs: readonly LinearWeights[]): LinearWeights {
  const width = outputs.length;
  const weights = new Float32Array(outputs[0].weights.length * width);
  for (const [output, { weights: own }] of outputs.entries())
    for (let column = 0; column < own.length; column++) weights[column * width + output] = own[column];
  return { weights, bias: Float32Array.from(outputs, ({ bias }) => bias[0]) };
}

function outputInHaste(data: SparseDataset, label: number, settings: Settings, seed = 1): LinearWeights {
  const ratios = logCountRatios(data, label, settings.smoothing as number);
  const rows = scaledByRatios(data, label, ratios);
  const loss = settings.loss as (typeof losses)[number];
  const options = linearOptions(rows, settings, { loss, multiclass: "one-vs-rest", seed });
  return foldRatios(trainInHaste(rows, options), ratios, settings.interpolation as number);
}

async function trainOutput(
  data: SparseDataset,
  label: number,
  settings: Settings,
  context: NbsvmContext,
): Promise<LinearWeights> {
  const loss = settings.loss as (typeof losses)[number];
  const ratios = logCountRatios(data, label, settings.smoothing as number);
  const folded = (trained: LinearWeights): LinearWeights =>
    foldRatios(trained, ratios, settings.interpolation as number);
  const trained = await trainBySettings(
    scaledByRatios(data, label, ratios),
    // The labels are weighted already, all of them.
    { ...settings, classWeight: "none" },
    { loss, multiclass: "one-vs-rest" },
    context,
    (weights) => learned(folded(weights)),
  );
  return folded(trained);
}
