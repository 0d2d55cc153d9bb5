import { BifocalError } from "@bifocal/contracts";
import { orderOf } from "./ngram-tree.js";
import type { WordNgrams } from "./ngram-words.js";

/** What parts the fields of an ARPA file, as KenLM reads them, and so can be in no word: other white space can. */
export const arpaSpace = /[\t\n\r ]/;

/**
 * The lines of the ARPA file of a model, without line ends.
 * @throws {BifocalError} `unsupported` where a word is empty or holds a space, a tab or a line end, which the format cannot say.
 */
export function* writeArpa(model: WordNgrams): Generator<string> {
  const awkward = model.words.find((word) => word === "" || arpaSpace.test(word));
  if (awkward !== undefined)
    throw new BifocalError("unsupported", "ARPA files hold words without white space only; this model has others.");
  const { levels } = model.tree;
  const order = orderOf(model.tree);
  yield "\\data\\";
  for (let k = 0; k < order; k++) yield `ngram ${k + 1}=${levels[k + 1] - levels[k]}`;
  for (let k = 0; k < order; k++) {
    yield "";
    yield `\\${k + 1}-grams:`;
    yield* entriesOf(model, k);
  }
  yield "";
  yield "\\end\\";
}

/** The entries of a level; the ancestors of a node move on with it. */
function* entriesOf({ words, tree, logProbabilities, backoffs }: WordNgrams, level: number): Generator<string> {
  const { levels, symbols, firstChild } = tree;
  const path = levels.slice(0, level + 1);
  for (let node = levels[level]; node < levels[level + 1]; node++) {
    path[level] = node;
    for (let k = level - 1; k >= 0; k--) while (firstChild[path[k] + 1] <= path[k + 1]) path[k]++;
    const ngram = Array.from(path, (each) => words[symbols[each]]).join(" ");
    const entry = `${shortest(logProbabilities[node])}\t${ngram}`;
    yield node < backoffs.length ? `${entry}\t${shortest(backoffs[node])}` : entry;
  }
}

/** The fewest digits that give the same 32-bit number again. */
function shortest(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const text = String(Number(value.toPrecision(digits)));
    if (Math.fround(Number(text)) === value) return text;
  }
  return String(Number(value.toPrecision(9)));
}
