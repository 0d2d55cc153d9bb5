import { joinArrays } from "../join-arrays.js";
import type { BackoffNgrams } from "./ngram-backoff.js";
import { binNumbers } from "./ngram-bins.js";
import type { NgramTree } from "./ngram-tree.js";

/** Several n-gram models as a model file keeps them: the arrays of one follow those of the one before. Logarithms to base 10. */
export interface NgramForest {
  /** Of each model: how many symbols its n-grams have at most, and how many symbols there are. */
  readonly orders: readonly number[];
  readonly alphabets: readonly number[];
  /** How many n-grams continue each n-gram, for all but those of the greatest length. */
  readonly children: Uint32Array;
  /** The last symbol of each n-gram of two symbols and more. */
  readonly symbols: Uint32Array;
  /** Of symbols alone. */
  readonly unigrams: Float32Array;
  readonly unigramBackoffs: Float32Array;
  /** Of longer n-grams: the numbers themselves, or codes of bins, which all models share, length by length. */
  readonly probabilities: Float32Array | Uint16Array;
  readonly backoffs: Float32Array | Uint16Array;
  /** Lengths from 2 on × 2^bits; empty where there are no codes. */
  readonly probabilityBins: Float32Array;
  readonly backoffBins: Float32Array;
}

/**
 * Packs models for a file.
 * @param bits from 1 to 16 put the numbers of longer n-grams into 2^bits bins a length; 0 keeps them as they are
 */
export function packForest(models: readonly BackoffNgrams[], bits: number): NgramForest {
  const trees = models.map(({ tree }) => tree);
  const order = Math.max(...trees.map(({ levels }) => levels.length - 1));
  const split = (name: "logProbabilities" | "backoffs") => ({
    unigrams: joinArrays(
      Float32Array,
      models.map((model) => model[name].subarray(0, model.tree.levels[1])),
    ),
    longer: joinArrays(
      Float32Array,
      models.map((model) => model[name].subarray(model.tree.levels[1])),
    ),
  });
  const [logs, backoffs] = [split("logProbabilities"), split("backoffs")];
  const codes = bits === 0 ? undefined : binNumbers(logs.longer, rowsOf(trees, 1), { rows: order - 1, bits });
  const backoffCodes =
    bits === 0 ? undefined : binNumbers(backoffs.longer, rowsOf(trees, 2), { rows: order - 1, bits });
  return {
    orders: trees.map(({ levels }) => levels.length - 1),
    alphabets: trees.map(({ levels }) => levels[1]),
    children: joinArrays(Uint32Array, trees.map(childrenOf)),
    symbols: joinArrays(
      Uint32Array,
      trees.map(({ symbols, levels }) => symbols.subarray(levels[1])),
    ),
    unigrams: logs.unigrams,
    unigramBackoffs: backoffs.unigrams,
    probabilities: codes?.codes ?? logs.longer,
    backoffs: backoffCodes?.codes ?? backoffs.longer,
    probabilityBins: codes?.bins ?? new Float32Array(),
    backoffBins: backoffCodes?.bins ?? new Float32Array(),
  };
}

function childrenOf({ firstChild }: NgramTree): Uint32Array {
  return firstChild.subarray(1).map((end, node) => end - firstChild[node]);
}

/** The row of bins of each n-gram of two symbols and more, those of the last lengths excepted. */
function rowsOf(trees: readonly NgramTree[], exceptLast: number): Uint8Array {
  return joinArrays(
    Uint8Array,
    trees.flatMap(({ levels }) =>
      Array.from(levels.subarray(1, -exceptLast), (start, row) => new Uint8Array(levels[row + 2] - start).fill(row)),
    ),
  );
}
