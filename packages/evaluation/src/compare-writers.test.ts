import type { TextGenerator } from "@bifocal/contracts";
import { expect, test } from "vitest";
import { coin, firstSentences } from "../testing/text-models.js";
import { cardOf, wordTagger } from "../testing/word-models.js";
import { compareDensities, compareSummarizers, compareTaggers, compareTranslators } from "./compare.js";
import type { Disagreement } from "./comparison.js";
import { evaluateSummarizer, evaluateTranslator } from "./evaluate.js";
import { entityF1 } from "./metrics/entities.js";
import { translatorMetrics } from "./metrics/metrics.js";
import { rouge } from "./metrics/rouge.js";
import { bootstrap } from "./statistics/bootstrap.js";
import { pairedBootstrap } from "./statistics/paired-bootstrap.js";
import type { SummarizedText } from "./writer-protocols.js";

const papers: SummarizedText[] = Array.from({ length: 20 }, (_, i) => ({
  text: `word ${i} comes first. then word ${i + 1} is last.`,
  summaries: i % 4 === 0 ? [`nothing ${i}`] : [`then word ${i + 1} is last.`, `word ${i}`],
}));
const resampling = { samples: 300, seed: 9, confidence: 0.9 };

/** Writes what `write` makes of each text; fails on every batch with a text that it makes nothing of. */
function writer(id: string, task: "summarization" | "translation", write: (text: string) => string): TextGenerator {
  const first = firstSentences(id);
  return {
    ...first,
    card: cardOf(id, task),
    generate: async (texts, options) => {
      const made = texts.map(write);
      if (made.includes("")) throw new Error("out of words");
      const blank = await first.generate(texts, options);
      return blank.map((each, i) => ({ ...each, text: made[i] ?? "" }));
    },
  };
}

const lastSentence = writer("last", "summarization", (text) => text.slice(text.indexOf(".") + 1));
const named = <M>(...models: (M & { card: { id: string } })[]) =>
  models.map((model) => ({ name: model.card.id, model }));

test("summarizers are compared by ROUGE, its interval, and the paired interval of the difference", async () => {
  const first = firstSentences("first");
  const options = { ...resampling, sentences: 1 };
  const comparison = await compareSummarizers(named(first, lastSentence), papers, options);
  const metric = rouge({ variant: 1 });
  const countsOf = async (model: TextGenerator) => {
    const texts = papers.map(({ text }) => text);
    const written = await model.generate(texts, { sentences: 1 });
    return written.map(({ text }, i) => metric.count(papers[i]?.summaries ?? [], text));
  };
  const [own, other] = [await countsOf(first), await countsOf(lastSentence)];
  const { scores } = await evaluateSummarizer(first, papers, { sentences: 1 });
  expect(comparison.models[0]?.scores).toEqual(scores);
  const { score, low, high } = bootstrap(metric, own, resampling);
  expect(comparison.models[0]?.scores.rouge1).toBeCloseTo(score, 12);
  expect(comparison.models[0]?.intervals.rouge1).toEqual({ low, high });
  expect(comparison.differences.map((each) => each.metric)).toEqual(["rouge1", "rouge2", "rougeL"]);
  expect(comparison.differences[0]).toEqual({
    models: ["first", "last"],
    metric: "rouge1",
    better: "higher",
    items: 20,
    ...pairedBootstrap(metric, own, other, resampling),
  });
  expect(comparison.differences[0]?.low).toBeGreaterThan(0);
  expect(comparison).toMatchObject({ contract: "text-generator", pairs: [], resampling: { samples: 300, seed: 9 } });
  expect(comparison.correctness).toBeUndefined();
  expect(comparison.models[0]?.correct).toBeUndefined();
});

test("how all of them write is passed on, and refused where it cannot be", async () => {
  const models = named(firstSentences("first"), firstSentences("other"));
  const { models: two } = await compareSummarizers(models, papers, { ...resampling, sentences: 2 });
  const { scores } = await evaluateSummarizer(firstSentences("first"), papers, { sentences: 2 });
  expect(two[1]?.scores).toEqual(scores);
  await expect(compareSummarizers(models, papers, { sentences: 0 })).rejects.toMatchObject({ code: "invalid-input" });
});

test("what was written, and what could have been, is handed over where texts differ", async () => {
  const found: Disagreement<SummarizedText>[] = [];
  const options = { ...resampling, onDisagreement: (each: Disagreement<SummarizedText>) => void found.push(each) };
  const { disagreements } = await compareSummarizers(named(firstSentences("first"), lastSentence), papers, options);
  expect(disagreements).toBe(20);
  expect(found[1]).toMatchObject({
    index: 1,
    gold: ["then word 2 is last.", "word 1"],
    predictions: { first: "word 1 comes first.", last: " then word 2 is last." },
  });
});

test("pairs are drawn from the texts that both answered, and scores are of those that each did", async () => {
  const items = ["a b c d", "e f g h", "i j k l", "m n o p"].map((text) => ({ text, translations: [text] }));
  const frail = writer("frail", "translation", (text) => (text.startsWith("a") ? "" : text));
  const wrong = writer("wrong", "translation", (text) => (text.startsWith("a") ? "x x x x" : text));
  const comparison = await compareTranslators(named(frail, wrong), items, resampling);
  expect(comparison.models[0]).toMatchObject({ answered: 3, failed: 1, scores: { bleu: 1, chrf: 1 } });
  expect(comparison.models[1]?.scores.bleu).toBeCloseTo(0.75, 12);
  expect(comparison.differences.map(({ metric, items: both, difference }) => [metric, both, difference])).toEqual([
    ["bleu", 3, 0],
    ["chrf", 3, 0],
  ]);
  const whole = await evaluateTranslator(wrong, items);
  expect(whole.scores).toEqual(comparison.models[1]?.scores);
  expect(whole.signatures.bleu).toBe(translatorMetrics.bleu.signature);
});

test("a model that answers nothing has neither interval nor difference", async () => {
  const items = [{ text: "a b", translations: ["a b"] }];
  const [mute, fine] = [writer("mute", "translation", () => ""), writer("fine", "translation", (text) => text)];
  const { models, differences } = await compareTranslators(named(mute, fine), items, resampling);
  expect(models[0]).toMatchObject({ answered: 0, scores: { bleu: null, chrf: null }, intervals: {} });
  expect(differences).toEqual([]);
});

test("refuses texts without a translation, and says which", async () => {
  const model = writer("fine", "translation", (text) => text);
  const items = [{ text: "a", translations: [] }];
  await expect(evaluateTranslator(model, items)).rejects.toThrow("Text 1 of the test data has no translation");
});

test("models of text are compared by bits per byte, of which less is better", async () => {
  const fair = coin("text");
  const dull = {
    ...fair,
    card: cardOf("dull", "text-generation"),
    logProbability: async (texts: readonly string[]) =>
      (await fair.logProbability(texts)).map((each) => ({ ...each, logProbability: 2 * each.logProbability })),
  };
  const items = [{ text: "abcd" }, { text: "ab" }];
  const found: Disagreement<unknown>[] = [];
  const options = { ...resampling, onDisagreement: (each: Disagreement<unknown>) => void found.push(each) };
  const { models, differences } = await compareDensities(named(fair, dull), items, options);
  expect(models.map(({ scores }) => scores.bitsPerByte)).toEqual([1, 2]);
  expect(models[0]?.intervals).toEqual({ bitsPerByte: { low: 1, high: 1 } });
  expect(differences).toEqual([
    { models: ["coin", "dull"], metric: "bitsPerByte", better: "lower", items: 2, difference: 1, low: 1, high: 1 },
  ]);
  expect(found[1]).toMatchObject({ gold: null, predictions: { coin: -2 * Math.LN2, dull: -4 * Math.LN2 } });
});

test("the density of features has no figure to compare", async () => {
  const features = { ...coin("features"), card: cardOf("features", "text-generation") };
  const { models, differences } = await compareDensities(named(coin("text"), features), [{ text: "ab" }], resampling);
  expect(models[1]).toMatchObject({ scores: { bitsPerByte: null }, intervals: {} });
  expect(differences).toEqual([]);
});

test("taggers have the paired interval of F1 beside McNemar's test of sentences", async () => {
  const sentences = Array.from({ length: 12 }, (_, i) => ({
    tokens: ["Ada", "met", i % 2 === 0 ? "Bob" : "her"],
    tags: ["B-PER", "O", i % 2 === 0 ? "B-PER" : "O"],
  }));
  const [all, some] = [wordTagger("all", { Ada: "PER", Bob: "PER" }), wordTagger("some", { Ada: "PER" })];
  const comparison = await compareTaggers(named(all, some), sentences, resampling);
  const counts = sentences.map(({ tags }) => {
    const spans = tags.flatMap((tag, at) => (tag === "O" ? [] : [{ label: "PER", start: at, end: at + 1 }]));
    const gold = { tags, spans };
    return { all: entityF1.count(gold, gold), some: entityF1.count(gold, { tags, spans: spans.slice(0, 1) }) };
  });
  const wanted = pairedBootstrap(
    entityF1,
    counts.map((each) => each.all),
    counts.map((each) => each.some),
    resampling,
  );
  expect(comparison.differences[0]).toMatchObject({ metric: "f1", better: "higher", items: 12, ...wanted });
  expect(wanted.high).toBeLessThan(0);
  expect(comparison.pairs[0]).toMatchObject({ onlyFirstCorrect: 6, onlySecondCorrect: 0 });
  expect(Object.keys(comparison.models[0]?.intervals ?? {})).toEqual(["f1", "tokenAccuracy"]);
});

test.each([{ samples: 0 }, { samples: 1.5 }, { seed: -1 }])("refuses %j before any work", async (options) => {
  let read = 0;
  function* counted() {
    for (const item of papers) {
      read++;
      yield item;
    }
  }
  const models = named(firstSentences("first"), lastSentence);
  await expect(compareSummarizers(models, counted(), options)).rejects.toMatchObject({ code: "invalid-input" });
  expect(read).toBe(0);
});

test("an interruption is heard between the draws", async () => {
  const controller = new AbortController();
  const options = { samples: 50, signal: controller.signal, onProgress: () => setTimeout(() => controller.abort()) };
  const models = named(firstSentences("first"), lastSentence);
  await expect(compareSummarizers(models, papers, options)).rejects.toMatchObject({ code: "aborted" });
});
