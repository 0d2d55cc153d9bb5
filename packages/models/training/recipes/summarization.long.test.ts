import { existsSync } from "node:fs";
import { lead, lexRank, openModelFile, winkSentences } from "@bifocal/classical";
import type { TextGenerator } from "@bifocal/contracts";
import { readSummarizedTexts } from "@bifocal/corpus";
import { type Counts, pairedBootstrap, type SummarizedText, summarizerMetrics } from "@bifocal/evaluation";
import { expect, test } from "vitest";
import { readCard, readWeights } from "../../src/index.js";

const file = new URL("../../../../../shared/data/scitldr/test.jsonl", import.meta.url);
const scorers = ["sentence-scorer-naive-bayes-en", "sentence-scorer-logistic-regression-en"] as const;

test.skipIf(!existsSync(file)).each(scorers)(
  "%s is above lead and LexRank on scitldr by more than chance, by the figures of its card (skipped without ../shared/data/scitldr)",
  async (id) => {
    const items: SummarizedText[] = [];
    for await (const item of readSummarizedTexts(file.pathname)) items.push(item);
    const texts = items.map(({ text }) => text);
    const countsOf = async (model: TextGenerator, name: keyof typeof summarizerMetrics): Promise<Counts[]> => {
      const written = await model.generate(texts, { sentences: 1 });
      return written.map(({ text }, i) => summarizerMetrics[name].count(items[i].summaries, text));
    };
    const scorer = openModelFile(await readWeights(id)) as TextGenerator;
    const { measured } = readCard(id);
    for (const [name, title] of [
      ["rouge1", "ROUGE-1"],
      ["rougeL", "ROUGE-L"],
    ] as const) {
      const own = await countsOf(scorer, name);
      const score = own.reduce((sum, { f1 = 0 }) => sum + f1, 0) / own.length;
      expect(score).toBeCloseTo(measured.find(({ metric }) => metric === title)?.value ?? Number.NaN, 9);
      for (const baseline of [lead(winkSentences), lexRank(winkSentences)]) {
        const { low } = pairedBootstrap(summarizerMetrics[name], await countsOf(baseline, name), own);
        expect(low, `${title} above ${baseline.card.id}`).toBeGreaterThan(0);
      }
    }
  },
  300_000,
);
