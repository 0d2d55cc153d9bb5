import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { discountsOf, estimateNgrams } from "./ngram-estimate.js";
import { tallyNgrams } from "./ngram-tally.js";
import { numberWords, perplexityOf } from "./ngram-words.js";

interface Golden {
  readonly order: number;
  readonly ngrams: readonly number[];
  readonly discounts: readonly (readonly number[])[];
  readonly perplexityIncluding: number;
  readonly perplexityExcluding: number;
}

const shared = new URL("../../../../../shared/", import.meta.url);
const goldens = new URL("goldens/ngram.json", shared);
const novel = new URL("data/war-and-peace/", shared);

function sentencesOf(name: string): string[][] {
  const lines = readFileSync(new URL(name, novel), "utf8").split("\n");
  return lines.map((line) => line.split(/\s+/u).filter(Boolean)).filter((words) => words.length > 0);
}

test.skipIf(!existsSync(goldens) || !existsSync(novel))(
  "gives KenLM's counts, discounts and perplexities on a novel (skipped without ../shared)",
  () => {
    const { orders } = JSON.parse(readFileSync(goldens, "utf8")) as { orders: Golden[] };
    const { words, sentences } = numberWords(sentencesOf("train.txt"));
    const unseen = sentencesOf("valid.txt");
    for (const golden of orders) {
      const tally = tallyNgrams(sentences, { symbols: words.length, order: golden.order });
      const { levels } = tally.tree;
      expect(golden.ngrams.map((_, k) => levels[k + 1] - levels[k])).toEqual(golden.ngrams);
      for (const [k, discounts] of discountsOf(tally).entries()) {
        for (const [i, discount] of discounts.entries()) expect(discount).toBeCloseTo(golden.discounts[k]?.[i] ?? 0, 4);
      }
      const { including, excluding } = perplexityOf({ ...estimateNgrams(tally), words }, unseen);
      expect(including / golden.perplexityIncluding).toBeCloseTo(1, 5);
      expect(excluding / golden.perplexityExcluding).toBeCloseTo(1, 5);
    }
  },
  60_000,
);
