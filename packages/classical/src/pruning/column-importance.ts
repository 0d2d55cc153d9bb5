import type { LinearScores } from "../explain/linear-scores.js";
import { hasLogits } from "../explain/score-direction.js";

/**
 * Columns, those that matter most first. A column matters by the root of its mean square effect on the scores of the
 * texts that the model learned from: the length of its weights over the labels (logits less their mean) times its own
 * weight, times the root of how often it stands in texts, where that is known (`frequencies`).
 *
 * Each column belongs to the label that it speaks for most, and of each label the same share comes first: were all the
 * rare terms of one label dropped before any of another's, what is left would lean.
 */
export function columnsByImportance(scores: LinearScores, frequencies?: Float64Array): Uint32Array {
  const { importance, labels } = weighColumns(scores);
  if (frequencies !== undefined)
    for (let column = 0; column < importance.length; column++) importance[column] *= Math.sqrt(frequencies[column]);
  const order = Uint32Array.from(importance.keys()).sort((a, b) => importance[b] - importance[a] || a - b);
  const ofLabel = new Uint32Array(scores.labels.length);
  for (const label of labels) ofLabel[label]++;
  const before = new Uint32Array(scores.labels.length);
  const share = new Float64Array(order.length);
  for (const column of order) share[column] = before[labels[column]]++ / ofLabel[labels[column]];
  return order.sort((a, b) => share[a] - share[b] || importance[b] - importance[a] || a - b);
}

function weighColumns(scores: LinearScores): { importance: Float64Array; labels: Uint32Array } {
  const { outputs, weights, reading } = scores;
  const centred = outputs > 1 && hasLogits(scores);
  const importance = new Float64Array(weights.length / outputs);
  const labels = new Uint32Array(importance.length);
  for (let column = 0; column < importance.length; column++) {
    const from = column * outputs;
    let mean = 0;
    let best = 0;
    if (centred) for (let k = 0; k < outputs; k++) mean += weights[from + k] / outputs;
    let squares = 0;
    for (let k = 0; k < outputs; k++) {
      squares += (weights[from + k] - mean) ** 2;
      if (weights[from + k] > weights[from + best]) best = k;
    }
    labels[column] = outputs > 1 ? best : Number(weights[from] > 0);
    importance[column] = Math.sqrt(squares) * (reading.columnWeights.length > 0 ? reading.columnWeights[column] : 1);
  }
  return { importance, labels };
}
