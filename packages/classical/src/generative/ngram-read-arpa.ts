import { BifocalError } from "@bifocal/contracts";
import { radixSort } from "../features/radix-sort.js";
import { type GrowingRows, growingRows } from "./growing-rows.js";
import { joinArrays } from "./join-arrays.js";
import { firstChildren } from "./ngram-tally.js";
import { childOf, longestSuffixes, type NgramTree } from "./ngram-tree.js";
import { specialWords, type WordNgrams } from "./ngram-words.js";

/** log₁₀ p of an unknown word where a file has none, as in KenLM. */
const noUnknown = -100;

/** The columns of an entry. */
const columns = ["context", "symbol", "logProbability", "backoff", "line"] as const;

/** What of an ARPA file has been read. */
interface Reading {
  readonly declared: number[];
  readonly words: string[];
  readonly symbolOf: Map<string, number>;
  /** Of the section that is being read. */
  entries: GrowingRows<(typeof columns)[number]>;
  readonly levels: Level[];
  tree: NgramTree;
}

/** The n-grams of one length, in the order of the tree. */
interface Level {
  readonly symbols: Uint32Array;
  readonly logProbabilities: Float32Array;
  readonly backoffs: Float32Array;
  /** How many of its n-grams follow each of one symbol less. */
  readonly children: Uint32Array;
}

/**
 * Reads a model in ARPA format, such as SRILM, KenLM and `writeArpa` give, line by line. Fields are parted by spaces and
 * tabs alone, so that words may hold any other white space, as KenLM reads them.
 * @param lines without line ends, which are those of `\n` alone: to cut at others as well would break such words
 * @throws {BifocalError} `invalid-input` with the number of the line where the file is not well formed.
 */
export async function readArpa(lines: Iterable<string> | AsyncIterable<string>): Promise<WordNgrams> {
  const reading = startReading();
  let section: number | "before" | "header" | "end" = "before";
  let number = 0;
  for await (const raw of lines) {
    number++;
    const line = raw.replace(/^[\t ]+|[\t\r ]+$/g, "");
    const heading = /^\\(\d+)-grams:$/.exec(line);
    if (line === "" || section === "end") continue;
    if (line === "\\data\\") section = "header";
    else if (section === "before") continue;
    else if (heading !== null || line === "\\end\\") {
      if (typeof section === "number") closeSection(reading, section, number);
      section = heading === null ? "end" : openSection(reading, Number(heading[1]), section, number);
    } else if (section === "header") readSize(reading, line, number);
    else addEntry(reading, line, section, number);
  }
  if (section !== "end") refuse(number + 1, "the file stops before \\end\\");
  if (reading.declared.length === 0) refuse(number, "it announces no n-grams");
  if (reading.levels.length < reading.declared.length)
    refuse(number, `it announces ${reading.levels.length + 1}-grams and has none`);
  return finish(reading);
}

function startReading(): Reading {
  return {
    declared: [],
    words: [...specialWords],
    symbolOf: new Map(specialWords.map((word, symbol) => [word, symbol])),
    entries: growingRows(columns),
    levels: [],
    tree: treeOf([]),
  };
}

function refuse(line: number, what: string): never {
  throw new BifocalError("invalid-input", `Line ${line} of the ARPA file: ${what}. Correct the file or make it again.`);
}

function readSize({ declared }: Reading, line: string, number: number): void {
  const match = /^ngram[\t ]+(\d+)[\t ]*=[\t ]*(\d+)$/.exec(line);
  if (!match || Number(match[1]) !== declared.length + 1) refuse(number, `expected "ngram ${declared.length + 1}=…"`);
  declared.push(Number(match[2]));
}

function openSection(reading: Reading, length: number, before: number | string, number: number): number {
  const expected = typeof before === "number" ? before + 1 : 1;
  if (length !== expected || length > reading.declared.length)
    refuse(number, `the section of ${length}-grams is not due here`);
  reading.entries = growingRows(columns);
  return length;
}

function addEntry(reading: Reading, line: string, length: number, number: number): void {
  const fields = line.split(/[\t ]+/);
  if (fields.length < length + 1 || fields.length > length + 2)
    refuse(number, `expected a number, ${length} words, a backoff`);
  const logProbability = Number(fields[0]);
  const backoff = Number(fields[length + 1] ?? 0);
  if (!Number.isFinite(logProbability) || logProbability > 0) refuse(number, "the probability is no logarithm of one");
  if (!Number.isFinite(backoff)) refuse(number, "the backoff is no number");
  const ngram = fields.slice(1, length + 1).map((word) => (word === "<UNK>" ? "<unk>" : word));
  const symbols = ngram.map((word) => reading.symbolOf.get(word) ?? (length === 1 ? addWord(reading, word) : -1));
  if (symbols.includes(-1)) refuse(number, "a word is not among the 1-grams");
  const context = contextOf(reading.tree, symbols);
  if (context < 0) refuse(number, "the n-gram without its last word is not in the file before it");
  const symbol = symbols[length - 1];
  reading.entries.add({ context, symbol, logProbability, backoff, line: number });
}

function addWord({ words, symbolOf }: Reading, word: string): number {
  symbolOf.set(word, words.length);
  return words.push(word) - 1;
}

/** The node of all symbols but the last, or -1; 0 where there is only one. */
function contextOf(tree: NgramTree, symbols: readonly number[]): number {
  if (symbols.length === 1) return 0;
  let context = symbols[0];
  for (const symbol of symbols.slice(1, -1)) context = context < 0 ? -1 : childOf(tree, context, symbol);
  return context;
}

/** Puts the n-grams that were read in order, after those of one word less. */
function closeSection(reading: Reading, length: number, number: number): void {
  const { entries, declared, levels, words } = reading;
  if (entries.length !== declared[length - 1])
    refuse(number, `it announces ${declared[length - 1]} ${length}-grams and has ${entries.length}`);
  const read = entries.columns();
  const contexts = Int32Array.from(read.context);
  const symbols = Int32Array.from(read.symbol);
  const order = radixSort(radixSort(Int32Array.from(contexts.keys()), symbols), contexts);
  for (let i = 1; i < order.length; i++) {
    const [a, b] = [order[i - 1], order[i]];
    if (contexts[a] === contexts[b] && symbols[a] === symbols[b])
      refuse(read.line[b], "the n-gram stands in the file twice");
  }
  levels.push(
    length === 1
      ? unigramLevel(words.length, symbols, read)
      : {
          symbols: Uint32Array.from(order, (row) => symbols[row]),
          logProbabilities: Float32Array.from(order, (row) => read.logProbability[row]),
          backoffs: Float32Array.from(order, (row) => read.backoff[row]),
          children: countsOf(contexts, reading.tree.symbols.length, reading.tree.levels[length - 2]),
        },
  );
  reading.tree = treeOf(levels);
}

/** Special words are there even where the file has none. */
function unigramLevel(
  size: number,
  symbols: Int32Array,
  read: Readonly<Record<"logProbability" | "backoff", Float64Array>>,
): Level {
  const logProbabilities = new Float32Array(size);
  const backoffs = new Float32Array(size);
  logProbabilities.set([noUnknown, 0, noUnknown]);
  for (const [row, symbol] of symbols.entries()) {
    logProbabilities[symbol] = read.logProbability[row];
    backoffs[symbol] = read.backoff[row];
  }
  return {
    symbols: Uint32Array.from(logProbabilities.keys()),
    logProbabilities,
    backoffs,
    children: new Uint32Array(),
  };
}

function countsOf(contexts: Int32Array, end: number, from: number): Uint32Array {
  const counts = new Uint32Array(end - from);
  for (const context of contexts) counts[context - from]++;
  return counts;
}

function treeOf(levels: readonly Level[]): NgramTree {
  const starts = new Uint32Array(levels.length + 1);
  for (const [k, { symbols }] of levels.entries()) starts[k + 1] = starts[k] + symbols.length;
  const symbols = joinArrays(
    Uint32Array,
    levels.map((level) => level.symbols),
  );
  const children = joinArrays(
    Uint32Array,
    levels.map((level) => level.children),
  );
  return { levels: starts, symbols, firstChild: firstChildren(starts[1] ?? 0, children) };
}

function finish({ words, levels, tree }: Reading): WordNgrams {
  return {
    words,
    tree,
    logProbabilities: joinArrays(
      Float32Array,
      levels.map((level) => level.logProbabilities),
    ),
    backoffs: joinArrays(
      Float32Array,
      levels.slice(0, -1).map((level) => level.backoffs),
    ),
    suffixes: longestSuffixes(tree),
  };
}
