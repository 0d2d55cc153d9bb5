import type { BinaryMargins } from "./margins.js";

/** p = 1 / (1 + exp(−(slope · margin + offset))). */
export interface Sigmoid {
  readonly slope: number;
  readonly offset: number;
}

/** Margins with Platt's targets, which are a little inside 0 and 1. */
interface SoftenedMargins {
  readonly margins: Float64Array;
  readonly targets: Float64Array;
  readonly weights: Float64Array;
}

const steps = 100;
const shortestStep = 1e-10;
const ridge = 1e-12;
const precision = 1e-20;

/**
 * The sigmoid under which held-out margins are likeliest: Platt 1999, whose targets are (N₊ + 1) / (N₊ + 2) and
 * 1 / (N₋ + 2) instead of 1 and 0, by the Newton method with backtracking of Lin, Lin & Weng 2007 (algorithm 1).
 * Slope and offset are −A and −B there. N counts weights.
 */
export function fitPlatt(data: BinaryMargins): Sigmoid {
  const { softened, positive, negative } = soften(data);
  let at: Sigmoid = { slope: 0, offset: Math.log((positive + 1) / (negative + 1)) };
  let loss = lossAt(softened, at);
  for (let step = 0; step < steps; step++) {
    const { toSlope, toOffset, descent } = newtonStep(softened, at);
    // The descent is in units of the loss, so that the scale of the margins does not matter.
    if (!(-descent > precision * (positive + negative))) break;
    let length = 1;
    const reach = (): Sigmoid => ({ slope: at.slope + length * toSlope, offset: at.offset + length * toOffset });
    let next = lossAt(softened, reach());
    while (next >= loss + 1e-4 * length * descent && length > shortestStep) {
      length /= 2;
      next = lossAt(softened, reach());
    }
    if (next >= loss) break;
    at = reach();
    loss = next;
  }
  return at;
}

function soften(data: BinaryMargins): { softened: SoftenedMargins; positive: number; negative: number } {
  const margins = Float64Array.from(data.margins);
  const weights = margins.map((_, row) => data.weights?.[row] ?? 1);
  let [positive, negative] = [0, 0];
  for (let row = 0; row < weights.length; row++) {
    if (data.targets[row] === 1) positive += weights[row];
    else negative += weights[row];
  }
  const [high, low] = [(positive + 1) / (positive + 2), 1 / (negative + 2)];
  const targets = margins.map((_, row) => (data.targets[row] === 1 ? high : low));
  return { softened: { margins, targets, weights }, positive, negative };
}

/** Σ w · (log(1 + e^z) − t·z) with z = slope · margin + offset, in the form that never overflows. */
function lossAt({ margins, targets, weights }: SoftenedMargins, { slope, offset }: Sigmoid): number {
  let total = 0;
  for (let row = 0; row < margins.length; row++) {
    const z = slope * margins[row] + offset;
    total += weights[row] * (Math.log1p(Math.exp(-Math.abs(z))) + Math.max(z, 0) - targets[row] * z);
  }
  return total;
}

/** −H⁻¹g, and how steeply the loss falls along it. */
function newtonStep(
  { margins, targets, weights }: SoftenedMargins,
  at: Sigmoid,
): { toSlope: number; toOffset: number; descent: number } {
  let [g1, g2, h11, h22, h21] = [0, 0, ridge, ridge, 0];
  for (let row = 0; row < margins.length; row++) {
    const margin = margins[row];
    const p = sigmoidAt(at, margin);
    const error = weights[row] * (p - targets[row]);
    const curvature = weights[row] * p * (1 - p);
    g1 += margin * error;
    g2 += error;
    h11 += margin * margin * curvature;
    h22 += curvature;
    h21 += margin * curvature;
  }
  const determinant = h11 * h22 - h21 * h21;
  const toSlope = -(h22 * g1 - h21 * g2) / determinant;
  const toOffset = -(h11 * g2 - h21 * g1) / determinant;
  return { toSlope, toOffset, descent: g1 * toSlope + g2 * toOffset };
}

/** The probability at a margin. */
export function sigmoidAt({ slope, offset }: Sigmoid, margin: number): number {
  return 1 / (1 + Math.exp(-(slope * margin + offset)));
}
