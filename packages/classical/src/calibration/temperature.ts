import { softmax } from "@bifocal/contracts";
import type { LabelledMargins } from "./margins.js";

const coldest = 1e-3;
const hottest = 1e3;
const rounds = 100;

/**
 * The temperature t from 0.001 to 1000 at which held-out labels are likeliest under softmax(margins / t) (Guo et al.
 * 2017, section 4). The loss is convex in 1 / t: its slope there is brought to 0 by Newton steps kept in a bracket.
 */
export function fitTemperature(data: LabelledMargins): number {
  let [low, high] = [1 / hottest, 1 / coldest];
  if (slopeAt(data, low).slope >= 0) return hottest;
  if (slopeAt(data, high).slope <= 0) return coldest;
  let inverse = 1;
  for (let round = 0; round < rounds && high - low > 1e-12 * high; round++) {
    const { slope, curvature } = slopeAt(data, inverse);
    if (slope < 0) low = inverse;
    else high = inverse;
    const newton = inverse - slope / curvature;
    if (Math.abs(newton - inverse) <= 1e-12 * inverse) break;
    // Between bounds that are powers of ten apart, the middle is the geometric one.
    inverse = newton > low && newton < high ? newton : Math.sqrt(low * high);
  }
  return 1 / inverse;
}

/** First and second derivative of Σ w · (log Σ exp(margin / t) − margin of the label / t) by 1 / t. */
function slopeAt(data: LabelledMargins, inverse: number): { slope: number; curvature: number } {
  let [slope, curvature] = [0, 0];
  for (let row = 0; row < data.targets.length; row++) {
    const logits = logitsOf(data.values.subarray(row * data.outputs, (row + 1) * data.outputs));
    const shares = softmax(logits.map((logit) => logit * inverse));
    let [mean, square] = [0, 0];
    for (let label = 0; label < logits.length; label++) {
      const fromGold = logits[label] - logits[data.targets[row]];
      mean += shares[label] * fromGold;
      square += shares[label] * fromGold * fromGold;
    }
    const weight = data.weights?.[row] ?? 1;
    slope += weight * mean;
    curvature += weight * (square - mean * mean);
  }
  return { slope, curvature };
}

/** A margin a label: where one output tells two labels apart, the first has 0. */
export function logitsOf(margins: Float64Array): Float64Array {
  return margins.length === 1 ? Float64Array.of(0, margins[0]) : margins;
}
