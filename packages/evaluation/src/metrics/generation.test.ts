import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { goldenPath, hasGolden } from "../../testing/goldens.js";
import { addCounts, type Metric } from "../metric.js";
import { type BleuOptions, bleu } from "./bleu.js";
import { type ChrfOptions, chrf } from "./chrf.js";
import { rouge, rougeScore } from "./rouge.js";

interface Item {
  readonly hyp: string;
  readonly refs: readonly string[];
  /** Absent for an empty text, of which the program says nothing. */
  readonly sentenceBleu?: number;
  readonly sentenceChrf?: number;
  readonly sentenceChrfPlusPlus?: number;
}

interface CorpusFigure {
  readonly metric: string;
  readonly score: number;
  readonly signature: string;
  readonly refs: number;
  readonly items?: number;
  readonly tokenize?: BleuOptions["tokenizer"];
  readonly smooth?: BleuOptions["smoothing"];
  readonly lowercase?: boolean;
  readonly wordOrder?: ChrfOptions["wordOrder"];
  readonly whitespace?: boolean;
}

interface RougeItem {
  readonly hyp: string;
  readonly ref: string;
  readonly plain: Readonly<Record<string, readonly [number, number, number]>>;
  readonly stemmed: Readonly<Record<string, readonly [number, number, number]>>;
}

const read = (name: string) => JSON.parse(readFileSync(goldenPath(name), "utf8"));
const translation: { items: Item[]; corpus: CorpusFigure[] } = hasGolden("translation.json")
  ? read("translation.json")
  : { items: [], corpus: [] };
const summaries: { items: RougeItem[] } = hasGolden("rouge.json") ? read("rouge.json") : { items: [] };

function scoreOf(metric: Metric<readonly string[], string>, items: readonly Pick<Item, "hyp" | "refs">[]): number {
  const total = {};
  for (const { hyp, refs } of items) addCounts(total, metric.count(refs, hyp));
  return metric.score(total) ?? Number.NaN;
}

/** Equal to nine digits. */
function expectSame(given: number, wanted = Number.NaN): void {
  expect(Math.abs(given - wanted)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(wanted)));
}

function metricOf(figure: CorpusFigure): Metric<readonly string[], string> {
  const { tokenize = "13a", smooth = "exp", lowercase: lowerCase = false, wordOrder = 0, whitespace = false } = figure;
  if (figure.metric === "bleu") return bleu({ tokenizer: tokenize, smoothing: smooth, lowerCase });
  return chrf({ wordOrder, lowerCase, whitespace });
}

test.skipIf(!hasGolden("translation.json"))(
  "BLEU and chrF of a corpus are sacreBLEU's, with its signatures (skipped where ../shared is absent)",
  () => {
    const figures = translation.corpus.filter(({ metric }) => metric !== "ter");
    expect(figures.length).toBeGreaterThan(20);
    for (const figure of figures) {
      const metric = metricOf(figure);
      const items = translation.items
        .slice(0, figure.items)
        .map(({ hyp, refs }) => ({ hyp, refs: refs.slice(0, figure.refs) }));
      expect(metric.signature.split("|").slice(1, -1), figure.signature).toEqual(
        figure.signature.split("|").slice(1, -1),
      );
      expectSame(100 * scoreOf(metric, items), figure.score);
    }
  },
);

test.skipIf(!hasGolden("translation.json"))(
  "BLEU and chrF of each sentence are sacreBLEU's (skipped where ../shared is absent)",
  () => {
    const scored = translation.items.filter(({ sentenceBleu }) => sentenceBleu !== undefined);
    expect(scored.length).toBeGreaterThan(150);
    for (const item of scored) {
      expectSame(100 * scoreOf(bleu({ effectiveOrder: true }), [item]), item.sentenceBleu);
      expectSame(100 * scoreOf(chrf(), [item]), item.sentenceChrf);
      expectSame(100 * scoreOf(chrf({ wordOrder: 2 }), [item]), item.sentenceChrfPlusPlus);
    }
  },
);

test.skipIf(!hasGolden("rouge.json"))(
  "ROUGE of each text is rouge_score's, with stems and without (skipped where ../shared is absent)",
  () => {
    for (const { hyp, ref, ...figures } of summaries.items) {
      for (const kind of ["plain", "stemmed"] as const) {
        for (const variant of [1, 2, "L", "Lsum"] as const) {
          const { precision, recall, f1 } = rougeScore(ref, hyp, { variant, stemming: kind === "stemmed" });
          const wanted = figures[kind][`rouge${variant}`] ?? [];
          for (const [i, value] of [precision, recall, f1].entries()) expectSame(value, wanted[i] ?? Number.NaN);
        }
      }
    }
  },
);

// 5 of 6 words, 3 of 5 pairs, 2 of 4 triples, 1 of 3 quadruples; no brevity penalty.
test("BLEU is the geometric mean of the precisions", () => {
  const score = scoreOf(bleu(), [{ hyp: "the cat sat on a mat", refs: ["the cat sat on the mat"] }]);
  expect(score).toBeCloseTo(((5 / 6) * (3 / 5) * (2 / 4) * (1 / 3)) ** (1 / 4), 12);
});

test("ROUGE counts the best of the references", () => {
  const metric = rouge({ variant: 1 });
  expect(scoreOf(metric, [{ hyp: "the cats sat", refs: ["a dog", "the cat sat"] }])).toBe(1);
  expect(rougeScore("the cat sat", "the cats sat", { variant: 1, stemming: false }).recall).toBeCloseTo(2 / 3, 12);
});

const metrics = [
  bleu(),
  chrf(),
  chrf({ wordOrder: 2 }),
  rouge({ variant: 1 }),
  rouge({ variant: 2 }),
  rouge(),
  rouge({ variant: "Lsum" }),
];
const sentence = fc
  .array(fc.constantFrom("a", "b", "c.", "Été", "🙂", "3-4", "\n"), { maxLength: 12 })
  .map((words) => words.join(" "));

test.each(metrics)("$signature is from 0 to 1, has none for nothing, and 1 only for what shares all", (metric) => {
  expect(metric.score({})).toBeUndefined();
  fc.assert(
    fc.property(sentence, fc.array(sentence, { minLength: 1, maxLength: 3 }), (hyp, refs) => {
      const score = scoreOf(metric, [{ hyp, refs }]);
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1 + 1e-12);
    }),
  );
  expect(scoreOf(metric, [{ hyp: "this is a short text", refs: ["this is a short text"] }])).toBeCloseTo(1, 12);
  expect(scoreOf(metric, [{ hyp: "", refs: ["this is a short text"] }])).toBe(0);
});
