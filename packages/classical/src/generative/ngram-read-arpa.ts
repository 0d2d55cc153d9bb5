import { BifocalError } from "@bifocal/contracts";
import { type GrowingRows, growingRows } from "./growing-rows.js";
import {
  entryColumns,
  type Level,
  modelOf,
  nextLevel,
  sortEntries,
  treeOf,
  unigramLevel,
} from "./ngram-arpa-levels.js";
import { childOf, type NgramTree } from "./ngram-tree.js";
import { specialWords, type WordNgrams } from "./ngram-words.js";

/** What of an ARPA file has been read. */
interface Reading {
  readonly declared: number[];
  readonly words: string[];
  readonly symbolOf: Map<string, number>;
  /** Of the section that is being read. */
  entries: GrowingRows<(typeof entryColumns)[number]>;
  readonly levels: Level[];
  tree: NgramTree;
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
  return { ...modelOf(reading.levels), words: reading.words };
}

function startReading(): Reading {
  return {
    declared: [],
    words: [...specialWords],
    symbolOf: new Map(specialWords.map((word, symbol) => [word, symbol])),
    entries: growingRows(entryColumns),
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
  reading.entries = growingRows(entryColumns);
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
  const sorted = sortEntries(entries.columns());
  if (sorted.twice !== undefined) refuse(sorted.twice, "the n-gram stands in the file twice");
  levels.push(length === 1 ? unigramLevel(words.length, sorted) : nextLevel(reading.tree, sorted));
  reading.tree = treeOf(levels);
}
