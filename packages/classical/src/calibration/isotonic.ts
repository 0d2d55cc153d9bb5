import type { BinaryMargins } from "./margins.js";

/** A line through points: margins ascend, probabilities never fall; flat before the first point and after the last. */
export interface Curve {
  readonly margins: readonly number[];
  readonly probabilities: readonly number[];
}

/** Margins that share a probability: the mean target of their rows. */
interface Block {
  first: number;
  last: number;
  weight: number;
  positive: number;
}

/**
 * The rising curve with the least Σ w · (target − probability)² over held-out margins (Zadrozny & Elkan 2002), by
 * pooling adjacent violators (Ayer et al. 1955). Equal margins are one point, with the mean of their targets.
 */
export function fitIsotonic(data: BinaryMargins): Curve {
  const blocks: Block[] = [];
  for (const point of pointsOf(data)) {
    let pooled = point;
    for (let before = blocks.at(-1); before !== undefined && mean(before) >= mean(pooled); before = blocks.at(-1)) {
      pooled = join(before, pooled);
      blocks.pop();
    }
    blocks.push(pooled);
  }
  const edges = blocks.flatMap((block) => {
    const at = mean(block);
    const start = { margin: block.first, at };
    return block.first === block.last ? [start] : [start, { margin: block.last, at }];
  });
  return { margins: edges.map(({ margin }) => margin), probabilities: edges.map(({ at }) => at) };
}

/** Rows that count, ascending by margin, those of equal margins as one. */
function pointsOf({ margins, targets, weights }: BinaryMargins): Block[] {
  const order = Uint32Array.from({ length: margins.length }, (_, row) => row).filter(
    (row) => (weights?.[row] ?? 1) > 0,
  );
  const points: Block[] = [];
  for (const row of order.sort((a, b) => margins[a] - margins[b])) {
    const weight = weights?.[row] ?? 1;
    const [margin, positive] = [margins[row], weight * targets[row]];
    const before = points.at(-1);
    if (before?.last === margin) {
      before.weight += weight;
      before.positive += positive;
    } else points.push({ first: margin, last: margin, weight, positive });
  }
  return points;
}

function join(left: Block, right: Block): Block {
  return {
    first: left.first,
    last: right.last,
    weight: left.weight + right.weight,
    positive: left.positive + right.positive,
  };
}

function mean({ weight, positive }: Block): number {
  return positive / weight;
}

/** The probability at a margin, by linear interpolation between the two points around it. */
export function curveAt({ margins, probabilities }: Curve, margin: number): number {
  let [low, high] = [0, margins.length - 1];
  if (margin <= margins[low]) return probabilities[low];
  if (margin >= margins[high]) return probabilities[high];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (margins[middle] <= margin) low = middle;
    else high = middle;
  }
  const share = (margin - margins[low]) / (margins[high] - margins[low]);
  return probabilities[low] + share * (probabilities[high] - probabilities[low]);
}
