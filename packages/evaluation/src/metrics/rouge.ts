import { type Counts, type Metric, ratio } from "../metric.js";
import { countNgrams, overlap } from "./ngrams.js";
import { porterStem } from "./porter-stemmer.js";

/** The settings of ROUGE, as rouge_score has them. */
export interface RougeOptions {
  /** Runs of 1 or 2 words, the longest common subsequence, or that of each sentence (a line each). Default `L`. */
  readonly variant?: 1 | 2 | "L" | "Lsum";
  /** Compare words by their stems (Porter's, of words over three letters). Default: yes. */
  readonly stemming?: boolean;
}

/** Precision, recall and F1 of one text by ROUGE, from 0 to 1. */
export interface RougeScore {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/**
 * ROUGE (Lin 2004): the mean over texts of the F1 by which a text and a reference share words. The figures are those of
 * Google's rouge_score. Gold: one reference or more; the one with the highest F1 counts. Reads a–z and 0–9 only.
 * @example rouge({ variant: 1 })
 */
export function rouge({ variant = "L", stemming = true }: RougeOptions = {}): Metric<readonly string[], string> {
  return {
    name: `rouge${variant}`,
    signature: `rouge${variant}|stem:${stemming ? "porter" : "no"}|refs:best|v:1`,
    better: "higher",
    count: (references, predicted) => ({
      f1: Math.max(0, ...references.map((reference) => rougeScore(reference, predicted, { variant, stemming }).f1)),
      items: 1,
    }),
    score: ({ f1 = 0, items = 0 }: Counts) => ratio(f1, items),
  };
}

/** ROUGE of one text against one reference. */
export function rougeScore(
  reference: string,
  predicted: string,
  { variant = "L", stemming = true }: RougeOptions = {},
): RougeScore {
  const read = (text: string): string[] => wordsOf(text, stemming);
  if (variant === "Lsum") return summaryScore(linesOf(reference).map(read), linesOf(predicted).map(read));
  const [wanted, given] = [read(reference), read(predicted)];
  if (variant === "L") return scoreOf(commonPlaces(wanted, given).length, wanted.length, given.length);
  const common = overlap(countNgrams(given, variant), countNgrams(wanted, variant));
  return scoreOf(common, wanted.length - variant + 1, given.length - variant + 1);
}

function wordsOf(text: string, stemming: boolean): string[] {
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return stemming ? words.map((word) => (word.length > 3 ? porterStem(word) : word)) : words;
}

function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}

function scoreOf(common: number, wanted: number, given: number): RougeScore {
  if (wanted <= 0 || given <= 0) return { precision: 0, recall: 0, f1: 0 };
  const [precision, recall] = [common / given, common / wanted];
  return { precision, recall, f1: common === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

/** Places in `wanted` of a longest subsequence that `given` has too, ascending. */
function commonPlaces(wanted: readonly string[], given: readonly string[]): number[] {
  const width = given.length + 1;
  const lengths = new Uint32Array((wanted.length + 1) * width);
  for (let i = 1; i <= wanted.length; i++) {
    for (let j = 1; j <= given.length; j++) {
      const at = i * width + j;
      lengths[at] =
        wanted[i - 1] === given[j - 1]
          ? (lengths[at - width - 1] ?? 0) + 1
          : Math.max(lengths[at - width] ?? 0, lengths[at - 1] ?? 0);
    }
  }
  const places: number[] = [];
  for (let i = wanted.length, j = given.length; i > 0 && j > 0; ) {
    const at = i * width + j;
    if (wanted[i - 1] === given[j - 1]) {
      places.push(--i);
      j--;
    } else if ((lengths[at - 1] ?? 0) > (lengths[at - width] ?? 0)) j--;
    else i--;
  }
  return places.reverse();
}

/** Of each reference sentence, the words that any sentence of the text has in order; each word counts as often as both have it. */
function summaryScore(wanted: readonly (readonly string[])[], given: readonly (readonly string[])[]): RougeScore {
  const left = [countNgrams(wanted.flat(), 1), countNgrams(given.flat(), 1)];
  let common = 0;
  for (const sentence of wanted) {
    const places = new Set(given.flatMap((other) => commonPlaces(sentence, other)));
    for (const place of [...places].sort((a, b) => a - b)) {
      const word = sentence[place] ?? "";
      if (!left.every((counts) => (counts.get(word) ?? 0) > 0)) continue;
      for (const counts of left) counts.set(word, (counts.get(word) ?? 0) - 1);
      common++;
    }
  }
  return scoreOf(common, wanted.flat().length, given.flat().length);
}
