import type { GenerateOptions, Random } from "@bifocal/contracts";

export type Sampling = Pick<GenerateOptions, "doSample" | "temperature" | "topK" | "topP">;

/**
 * Draws an index in proportion to the weights (at least 0, one of them above), or takes the heaviest where `doSample`
 * is false. `topP` is a share of what `topK` and temperature leave, as in the Hub's libraries.
 */
export function draw(weights: Float64Array, sampling: Sampling, random: Random): number {
  const { doSample = true, temperature = 1, topK, topP } = sampling;
  if (!doSample) return weights.indexOf(largestOf(weights));
  const frequent = topK === undefined ? weights : heaviest(weights, topK, 1);
  const shaped = temperature === 1 ? frequent : sharpened(frequent, temperature);
  return pick(topP === undefined ? shaped : heaviest(shaped, shaped.length, topP), random);
}

/** weight^(1 / temperature), over the heaviest so that the sum never vanishes. */
function sharpened(weights: Float64Array, temperature: number): Float64Array {
  const logLargest = Math.log(largestOf(weights));
  const sharp = new Float64Array(weights.length);
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] > 0) sharp[i] = Math.exp((Math.log(weights[i]) - logLargest) / temperature);
  }
  return sharp;
}

/** The heaviest `count` weights, and of them the fewest that hold `share` of the sum; the others become 0. */
function heaviest(weights: Float64Array, count: number, share: number): Float64Array {
  const sorted = candidates(weights, count, share).sort().reverse().subarray(0, count);
  const kept = share < 1 ? headThatHolds(sorted, share * sumFrom(weights, 0).sum) : sorted.length;
  const lightest = sorted[kept - 1];
  let ties = kept - sorted.indexOf(lightest);
  const heavy = new Float64Array(weights.length);
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] > lightest || (weights[i] === lightest && ties-- > 0)) heavy[i] = weights[i];
  }
  return heavy;
}

function headThatHolds(sorted: Float64Array, wanted: number): number {
  let kept = 0;
  for (let rest = wanted; kept < sorted.length && rest > 0; kept++) rest -= sorted[kept];
  return kept;
}

/** The weights from some bound on, enough of them and few: sorting only these is what makes truncation fast. */
function candidates(weights: Float64Array, count: number, share: number): Float64Array {
  const largest = largestOf(weights);
  const wanted = share * sumFrom(weights, 0).sum;
  for (let ratio = 1 / 8; ratio > 0; ratio *= ratio) {
    const above = sumFrom(weights, largest * ratio);
    if (above.count >= count || above.sum >= wanted) return weightsFrom(weights, largest * ratio, above.count);
  }
  return weights.slice();
}

function weightsFrom(weights: Float64Array, bound: number, count: number): Float64Array {
  const found = new Float64Array(count);
  let next = 0;
  for (let i = 0; i < weights.length; i++) if (weights[i] >= bound) found[next++] = weights[i];
  return found;
}

function sumFrom(weights: Float64Array, bound: number): { count: number; sum: number } {
  let count = 0;
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] < bound) continue;
    count++;
    sum += weights[i];
  }
  return { count, sum };
}

function largestOf(weights: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < weights.length; i++) if (weights[i] > largest) largest = weights[i];
  return largest;
}

function pick(weights: Float64Array, random: Random): number {
  let rest = random() * sumFrom(weights, 0).sum;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    last = i;
    rest -= weights[i];
    if (rest < 0) break;
  }
  return last;
}
