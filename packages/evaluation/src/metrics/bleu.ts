import type { Counts, Metric } from "../metric.js";
import { type BleuTokenizer, bleuTokenizers } from "./bleu-tokenizers.js";
import { countNgrams, mostOfEach, overlap } from "./ngrams.js";

const orders = [1, 2, 3, 4] as const;

/** The settings of BLEU, which its signature names as sacreBLEU's does. */
export interface BleuOptions {
  /** Default `13a`. */
  readonly tokenizer?: BleuTokenizer;
  /** Compare without case. Default: with it. */
  readonly lowerCase?: boolean;
  /**
   * What stands for an order without a match: `exp` halves anew for each (NIST), `floor` takes 0.1 matches, `add-k`
   * adds 1 to matches and n-grams of every order above 1, `none` makes the score 0. Default `exp`.
   */
  readonly smoothing?: "exp" | "floor" | "add-k" | "none";
  /** Leave out the orders for which a text is too short: for scores of single sentences. Default: no. */
  readonly effectiveOrder?: boolean;
}

/**
 * BLEU (Papineni et al. 2002): the geometric mean of the precisions of 1- to 4-grams, times a penalty for brevity. The
 * figures are sacreBLEU 2.6.0's as fractions from 0 to 1: counts add up over a corpus, and its mean is not that of
 * its sentences. Gold: one reference or more; the nearest length counts, the shorter of two.
 * @example
 * const { count, score } = bleu();
 * score(count(["the cat sat on the mat"], "the cat sat on a mat")); // 0.537
 */
export function bleu({
  tokenizer = "13a",
  lowerCase = false,
  smoothing = "exp",
  effectiveOrder = false,
}: BleuOptions = {}): Metric<readonly string[], string> {
  const tokenize = bleuTokenizers[tokenizer];
  const read = (text: string): string[] => {
    const whole = text.trimEnd();
    return tokenize(lowerCase ? whole.toLowerCase() : whole);
  };
  return {
    name: "bleu",
    signature: `bleu|case:${lowerCase ? "lc" : "mixed"}|eff:${effectiveOrder ? "yes" : "no"}|tok:${tokenizer}|smooth:${smoothingNames[smoothing]}|v:1`,
    better: "higher",
    count: (references, predicted) => countMatches(references.map(read), read(predicted)),
    score: (total) => scoreBleu(total, smoothing, effectiveOrder),
  };
}

const smoothingNames = { exp: "exp", floor: "floor[0.10]", "add-k": "add-k[1.00]", none: "none" } as const;

function countMatches(references: readonly (readonly string[])[], predicted: readonly string[]): Counts {
  const lengths = references.map(({ length }) => length);
  const counts: Record<string, number> = {
    items: 1,
    length: predicted.length,
    referenceLength: nearest(lengths, predicted.length),
  };
  for (const order of orders) {
    const wanted = mostOfEach(references.map((reference) => countNgrams(reference, order)));
    counts[`matches${order}`] = overlap(countNgrams(predicted, order), wanted);
    counts[`ngrams${order}`] = Math.max(0, predicted.length - order + 1);
  }
  return counts;
}

function nearest(lengths: readonly number[], length: number): number {
  const byDistance = [...lengths].sort((a, b) => Math.abs(a - length) - Math.abs(b - length) || a - b);
  return byDistance[0] ?? 0;
}

function scoreBleu(
  total: Counts,
  smoothing: NonNullable<BleuOptions["smoothing"]>,
  effectiveOrder: boolean,
): number | undefined {
  const { items = 0, length = 0, referenceLength = 0 } = total;
  if (items === 0) return undefined;
  if (!orders.some((order) => total[`matches${order}`])) return 0;
  const precisions = smoothedPrecisions(total, smoothing);
  if (!effectiveOrder && precisions.length < orders.length) return 0;
  const logs = precisions.map(Math.log);
  const brevity = length < referenceLength ? Math.exp(1 - referenceLength / length) : 1;
  return brevity * Math.exp(logs.reduce((sum, each) => sum + each, 0) / logs.length);
}

/** The precision of each order that has n-grams. */
function smoothedPrecisions(total: Counts, smoothing: NonNullable<BleuOptions["smoothing"]>): number[] {
  const precisions: number[] = [];
  let halvings = 0;
  for (const order of orders) {
    const added = smoothing === "add-k" && order > 1 ? 1 : 0;
    const matches = (total[`matches${order}`] ?? 0) + added;
    const ngrams = (total[`ngrams${order}`] ?? 0) + added;
    if (ngrams === 0) break;
    if (matches > 0) precisions.push(matches / ngrams);
    else if (smoothing === "exp") precisions.push(1 / (2 ** ++halvings * ngrams));
    else precisions.push(smoothing === "floor" ? 0.1 / ngrams : 0);
  }
  return precisions;
}
