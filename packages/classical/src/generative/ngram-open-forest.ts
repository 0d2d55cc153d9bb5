import { joinArrays } from "../join-arrays.js";
import { unfitting } from "../model-file.js";
import type { BackoffNgrams } from "./ngram-backoff.js";
import type { NgramForest } from "./ngram-forest.js";
import { firstChildren } from "./ngram-tally.js";
import { longestSuffixes, type NgramTree } from "./ngram-tree.js";

/** N-grams without what only scoring needs, which takes a while to find. */
export type NgramTable = Omit<BackoffNgrams, "suffixes">;

const highestOrder = 16;

/** The table, ready to score. */
export function readyToScore(table: NgramTable): BackoffNgrams {
  return { ...table, suffixes: longestSuffixes(table.tree) };
}

/**
 * The models of a forest, whoever wrote it: every n-gram is the child of one and every number finite.
 * @param name how errors call the file
 * @throws {BifocalError} `model-damaged` where the parts do not fit each other.
 */
export function openForest(forest: NgramForest, name: string): NgramTable[] {
  const { orders, alphabets } = forest;
  if (!hasParts(forest)) throw unfitting(name);
  const rows = Math.max(...orders) - 1;
  const take = {
    children: taker(forest.children, name),
    symbols: taker(forest.symbols, name),
    unigrams: taker(forest.unigrams, name),
    unigramBackoffs: taker(forest.unigramBackoffs, name),
    probabilities: numberTaker(forest.probabilities, forest.probabilityBins, rows, name),
    backoffs: numberTaker(forest.backoffs, forest.backoffBins, rows, name),
  };
  return orders.map((order, i) => {
    const alphabet = alphabets[i];
    const logs = [take.unigrams(alphabet)];
    const tree = readTree(order, alphabet, take);
    if (!isTree(tree)) throw unfitting(name);
    const { levels } = tree;
    const backoffs = order === 1 ? [] : [take.unigramBackoffs(alphabet)];
    for (let k = 1; k < order; k++) {
      const size = levels[k + 1] - levels[k];
      logs.push(take.probabilities(size, k - 1));
      if (k < order - 1) backoffs.push(take.backoffs(size, k - 1));
    }
    const table = {
      tree,
      logProbabilities: joinArrays(Float32Array, logs),
      backoffs: joinArrays(Float32Array, backoffs),
    };
    if (!areNumbers(table)) throw unfitting(name);
    return table;
  });
}

function hasParts({ orders, alphabets, ...arrays }: NgramForest): boolean {
  const areWhole = (numbers: unknown, most: number): boolean =>
    Array.isArray(numbers) && numbers.every((each) => Number.isInteger(each) && each > 0 && each <= most);
  const isArrayOf = (Type: typeof Float32Array | typeof Uint16Array | typeof Uint32Array, value: unknown): boolean =>
    value instanceof Type;
  return (
    areWhole(orders, highestOrder) &&
    areWhole(alphabets, 2 ** 32 - 1) &&
    orders.length === alphabets.length &&
    orders.length > 0 &&
    [arrays.children, arrays.symbols].every((each) => isArrayOf(Uint32Array, each)) &&
    [arrays.unigrams, arrays.unigramBackoffs, arrays.probabilityBins, arrays.backoffBins].every((each) =>
      isArrayOf(Float32Array, each),
    ) &&
    [arrays.probabilities, arrays.backoffs].every(
      (each) => isArrayOf(Float32Array, each) || isArrayOf(Uint16Array, each),
    )
  );
}

/** Takes numbers from an array, one part after another. */
function taker<A extends Uint32Array | Float32Array | Uint16Array>(array: A, name: string): (length: number) => A {
  let at = 0;
  return (length) => {
    if (length > array.length - at) throw unfitting(name);
    const part = array.subarray(at, at + length) as A;
    at += length;
    return part;
  };
}

/** The same, of numbers that may be codes of the bins of a row. */
function numberTaker(
  numbers: Float32Array | Uint16Array,
  bins: Float32Array,
  rows: number,
  name: string,
): (length: number, row: number) => Float32Array {
  if (numbers instanceof Float32Array) return taker(numbers, name);
  const take = taker(numbers, name);
  const size = Math.floor(bins.length / Math.max(1, rows));
  return (length, row) => {
    const own = bins.subarray(row * size, (row + 1) * size);
    const values = new Float32Array(length);
    for (const [i, code] of take(length).entries()) values[i] = own[code] ?? Number.NaN;
    return values;
  };
}

interface TreeTakers {
  readonly children: (length: number) => Uint32Array;
  readonly symbols: (length: number) => Uint32Array;
}

function readTree(order: number, alphabet: number, take: TreeTakers): NgramTree {
  const levels = new Uint32Array(order + 1);
  levels[1] = alphabet;
  const children: Uint32Array[] = [];
  const symbols: Uint32Array[] = [Uint32Array.from({ length: alphabet }, (_, symbol) => symbol)];
  for (let k = 1; k < order; k++) {
    children.push(take.children(levels[k] - levels[k - 1]));
    symbols.push(take.symbols(sumOf(children[k - 1])));
    levels[k + 1] = levels[k] + symbols[k].length;
  }
  return {
    levels,
    symbols: joinArrays(Uint32Array, symbols),
    firstChild: firstChildren(alphabet, joinArrays(Uint32Array, children)),
  };
}

function sumOf(numbers: Uint32Array): number {
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += numbers[i];
  return sum;
}

/** The children of every node are symbols that there are, in ascending order. */
function isTree({ levels, symbols, firstChild }: NgramTree): boolean {
  for (let node = 0; node + 1 < firstChild.length; node++) {
    for (let child = firstChild[node]; child < firstChild[node + 1]; child++) {
      if (symbols[child] >= levels[1]) return false;
      if (child > firstChild[node] && symbols[child] <= symbols[child - 1]) return false;
    }
  }
  return true;
}

function areNumbers({ logProbabilities, backoffs }: NgramTable): boolean {
  for (let i = 0; i < logProbabilities.length; i++)
    if (!(logProbabilities[i] <= 0) || logProbabilities[i] === Number.NEGATIVE_INFINITY) return false;
  for (let i = 0; i < backoffs.length; i++) if (!Number.isFinite(backoffs[i])) return false;
  return true;
}
