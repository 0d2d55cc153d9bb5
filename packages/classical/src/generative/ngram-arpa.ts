import { BifocalError } from "@bifocal/contracts";
import type { BackoffNgrams } from "./ngram-backoff.js";
import { type GrowingTree, growTree } from "./ngram-tree.js";

const special = ["<unk>", "<s>", "</s>"];
/** log₁₀ p of an unknown word where a file has none, as in KenLM. */
const noUnknown = -100;

/**
 * The lines of the ARPA file of a model, without line ends.
 * @throws {BifocalError} `unsupported` where a word is empty or holds white space, which the format cannot say.
 */
export function* writeArpa(model: BackoffNgrams): Generator<string> {
  const awkward = model.words.find((word) => word === "" || /\s/u.test(word));
  if (awkward !== undefined)
    throw new BifocalError("unsupported", "ARPA files hold words without white space only; this model has others.");
  const { lengths, size } = model.tree;
  const sizes = new Uint32Array(model.order);
  for (let node = 0; node < size; node++) sizes[lengths[node] - 1]++;
  yield "\\data\\";
  for (let k = 0; k < model.order; k++) yield `ngram ${k + 1}=${sizes[k]}`;
  for (let length = 1; length <= model.order; length++) {
    yield "";
    yield `\\${length}-grams:`;
    for (let node = 0; node < size; node++) if (lengths[node] === length) yield entryOf(model, node);
  }
  yield "";
  yield "\\end\\";
}

function entryOf({ order, words, tree, logProbabilities, backoffs }: BackoffNgrams, node: number): string {
  const { parents, symbols, lengths } = tree;
  const ngram = [words[symbols[node]]];
  for (let at = node; lengths[at] > 1; ) {
    at = parents[at];
    ngram.unshift(words[symbols[at]]);
  }
  const entry = `${shortest(logProbabilities[node])}\t${ngram.join(" ")}`;
  return lengths[node] < order ? `${entry}\t${shortest(backoffs[node])}` : entry;
}

/** The fewest digits that give the same 32-bit number again. */
function shortest(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const text = String(Number(value.toPrecision(digits)));
    if (Math.fround(Number(text)) === value) return text;
  }
  return String(Number(value.toPrecision(9)));
}

interface Entry {
  readonly logProbability: number;
  readonly ngram: readonly string[];
  readonly backoff: number;
}

/** What of an ARPA file has been read. */
interface Reading {
  readonly declared: number[];
  readonly seen: number[];
  readonly words: string[];
  readonly symbolOf: Map<string, number>;
  readonly logProbabilities: number[];
  readonly backoffs: number[];
  tree: GrowingTree | undefined;
}

/**
 * Reads a model in ARPA format, such as SRILM, KenLM and `writeArpa` give, line by line.
 * @param lines without line ends
 * @throws {BifocalError} `invalid-input` with the number of the line where the file is not well formed.
 */
export async function readArpa(lines: Iterable<string> | AsyncIterable<string>): Promise<BackoffNgrams> {
  const reading = startReading();
  let section: number | "before" | "header" | "end" = "before";
  let number = 0;
  for await (const raw of lines) {
    number++;
    const line = raw.trim();
    const fail = (what: string): never => refuse(number, what);
    if (line === "" || section === "end") continue;
    const heading = /^\\(\d+)-grams:$/.exec(line);
    if (line === "\\data\\") section = "header";
    else if (section === "before") continue;
    else if (line === "\\end\\") section = "end";
    else if (heading) section = openSection(reading, Number(heading[1]), section, fail);
    else if (section === "header") readSize(reading, line, fail);
    else addEntry(reading, parseEntry(line, section, fail), section, fail);
  }
  if (section !== "end") refuse(number + 1, "the file stops before \\end\\");
  checkSizes(reading, number);
  return finish(reading);
}

function startReading(): Reading {
  return {
    declared: [],
    seen: [],
    words: [...special],
    symbolOf: new Map(special.map((word, symbol) => [word, symbol])),
    logProbabilities: [noUnknown, 0, noUnknown],
    backoffs: [0, 0, 0],
    tree: undefined,
  };
}

function refuse(line: number, what: string): never {
  throw new BifocalError("invalid-input", `Line ${line} of the ARPA file: ${what}. Correct the file or make it again.`);
}

type Fail = (what: string) => never;

function readSize({ declared, seen }: Reading, line: string, fail: Fail): void {
  const match = /^ngram\s+(\d+)\s*=\s*(\d+)$/.exec(line);
  if (!match || Number(match[1]) !== declared.length + 1) fail(`expected "ngram ${declared.length + 1}=…"`);
  declared.push(Number(match?.[2]));
  seen.push(0);
}

function openSection(reading: Reading, length: number, before: number | string, fail: Fail): number {
  const expected = typeof before === "number" ? before + 1 : 1;
  if (length !== expected || length > reading.declared.length) fail(`the section of ${length}-grams is not due here`);
  if (length === 2) reading.tree = growTree(reading.words.length);
  return length;
}

function parseEntry(line: string, length: number, fail: Fail): Entry {
  const fields = line.split(/\s+/u);
  if (fields.length < length + 1 || fields.length > length + 2) fail(`expected a number, ${length} words, a backoff`);
  const logProbability = Number(fields[0]);
  const backoff = Number(fields[length + 1] ?? 0);
  if (!Number.isFinite(logProbability) || logProbability > 0) fail("the probability is no logarithm of one");
  if (!Number.isFinite(backoff)) fail("the backoff is no number");
  return { logProbability, ngram: fields.slice(1, length + 1), backoff };
}

function addEntry(reading: Reading, { logProbability, ngram, backoff }: Entry, length: number, fail: Fail): void {
  const node = length === 1 ? addWord(reading, ngram[0]) : addNgram(reading, ngram, fail);
  reading.logProbabilities[node] = logProbability;
  reading.backoffs[node] = backoff;
  reading.seen[length - 1]++;
}

function addWord({ words, symbolOf }: Reading, given: string): number {
  const word = given === "<UNK>" ? "<unk>" : given;
  const known = symbolOf.get(word);
  if (known !== undefined) return known;
  symbolOf.set(word, words.length);
  return words.push(word) - 1;
}

function addNgram({ tree, symbolOf }: Reading, ngram: readonly string[], fail: Fail): number {
  const symbols = ngram.map((word) => symbolOf.get(word === "<UNK>" ? "<unk>" : word) ?? -1);
  if (symbols.includes(-1) || !tree) return fail("a word is not among the 1-grams");
  let context = symbols[0];
  for (const symbol of symbols.slice(1, -1)) context = context < 0 ? -1 : tree.find(context, symbol);
  if (context < 0) return fail("the n-gram without its last word is not in the file before it");
  const { size } = tree;
  const node = tree.add(context, symbols[symbols.length - 1]);
  return node < size ? fail("the n-gram stands in the file twice") : node;
}

function checkSizes({ declared, seen }: Reading, line: number): void {
  if (declared.length === 0) refuse(line, "it announces no n-grams");
  for (const [k, size] of declared.entries()) {
    if (seen[k] !== size) refuse(line, `it announces ${size} ${k + 1}-grams and has ${seen[k]}`);
  }
}

function finish({
  declared,
  words,
  tree = growTree(words.length),
  logProbabilities,
  backoffs,
}: Reading): BackoffNgrams {
  return {
    order: declared.length,
    words,
    tree,
    logProbabilities: Float32Array.from(logProbabilities),
    backoffs: Float32Array.from(backoffs),
    suffixes: longestSuffixes(tree),
  };
}

/** Nodes lie in order of length, so the suffixes of a parent are known before those of its children. */
function longestSuffixes(tree: GrowingTree): Uint32Array {
  const { parents, symbols, size, words } = tree;
  const suffixes = new Uint32Array(size);
  for (let node = words; node < size; node++) {
    let context = parents[node];
    let found = -1;
    while (found < 0 && context >= words) {
      context = suffixes[context];
      found = tree.find(context, symbols[node]);
    }
    suffixes[node] = found < 0 ? symbols[node] : found;
  }
  return suffixes;
}
