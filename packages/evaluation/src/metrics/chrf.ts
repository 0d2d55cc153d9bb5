import type { Counts, Metric } from "../metric.js";
import { countNgrams, overlap } from "./ngrams.js";
import { splitAtSpace } from "./python-text.js";

const characterOrder = 6;
const betaSquared = 4;
const marks = new Set("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");

/** The settings of chrF, which its signature names as sacreBLEU's does. */
export interface ChrfOptions {
  /** Longest run of words that counts too: 0 for chrF, 2 for chrF++. Default 0. */
  readonly wordOrder?: 0 | 1 | 2;
  /** Default: compare with case. */
  readonly lowerCase?: boolean;
  /** Let n-grams of characters hold white space. Default: no. */
  readonly whitespace?: boolean;
}

/**
 * chrF (Popović 2015) and, with words, chrF++ (2017): precision and recall of runs of 1 to 6 characters, each the mean
 * over the orders, and of both the F that weighs recall twice. The figures are sacreBLEU 2.6.0's as fractions from 0
 * to 1. Gold: one reference or more, of which each text is held to the one that it is nearest to.
 * @example
 * const { count, score } = chrf({ wordOrder: 2 });
 * score(count(["the cat sat"], "the cat sits"));
 */
export function chrf({
  wordOrder = 0,
  lowerCase = false,
  whitespace = false,
}: ChrfOptions = {}): Metric<readonly string[], string> {
  const read = (text: string) => allNgrams(lowerCase ? text.toLowerCase() : text, wordOrder, whitespace);
  return {
    name: wordOrder === 0 ? "chrf" : "chrf++",
    signature: `chrf|case:${lowerCase ? "lc" : "mixed"}|eff:yes|nc:${characterOrder}|nw:${wordOrder}|space:${whitespace ? "yes" : "no"}|v:1`,
    better: "higher",
    count(references, predicted) {
      const ngrams = read(predicted);
      const candidates = references.map((reference) => countMatches(read(reference), ngrams));
      return candidates.reduce(
        (best, each) => ((score(each) ?? 0) > (score(best) ?? 0) ? each : best),
        candidates[0] ?? {},
      );
    },
    score,
  };
}

type Ngrams = readonly ReadonlyMap<string, number>[];

function allNgrams(text: string, wordOrder: number, whitespace: boolean): Ngrams {
  const characters = [...(whitespace ? text : splitAtSpace(text).join(""))];
  const words = splitAtSpace(text).flatMap(partMark);
  return [
    ...Array.from({ length: characterOrder }, (_, i) => countNgrams(characters, i + 1, "")),
    ...Array.from({ length: wordOrder }, (_, i) => countNgrams(words, i + 1)),
  ];
}

/** A word and the mark at its end, or else at its beginning, as chrF++ parts them. */
function partMark(word: string): string[] {
  const characters = [...word];
  if (characters.length === 1) return [word];
  if (marks.has(characters.at(-1) ?? "")) return [characters.slice(0, -1).join(""), characters.at(-1) ?? ""];
  return marks.has(characters[0] ?? "") ? [characters[0] ?? "", characters.slice(1).join("")] : [word];
}

function countMatches(reference: Ngrams, predicted: Ngrams): Counts {
  const counts: Record<string, number> = { items: 1 };
  for (const [i, wanted] of reference.entries()) {
    const given = predicted[i] ?? new Map();
    counts[`reference${i}`] = sumOf(wanted);
    // An order for which the reference is too short says nothing of the precision.
    counts[`predicted${i}`] = wanted.size === 0 ? 0 : sumOf(given);
    counts[`matches${i}`] = overlap(given, wanted);
  }
  return counts;
}

function sumOf(counts: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const count of counts.values()) sum += count;
  return sum;
}

function score(total: Counts): number | undefined {
  if (!total.items) return undefined;
  let [precision, recall, orders] = [0, 0, 0];
  for (let i = 0; `reference${i}` in total; i++) {
    const matches = total[`matches${i}`] ?? 0;
    const predicted = total[`predicted${i}`] ?? 0;
    const reference = total[`reference${i}`] ?? 0;
    if (predicted === 0 || reference === 0) continue;
    precision += matches / predicted;
    recall += matches / reference;
    orders++;
  }
  if (precision + recall === 0) return 0;
  return ((1 + betaSquared) * precision * recall) / ((betaSquared * precision + recall) * orders);
}
