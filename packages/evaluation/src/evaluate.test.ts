import { fingerprint } from "@bifocal/contracts";
import { classifierChecks, taggerChecks } from "@bifocal/contracts/testing";
import { describe, expect, test } from "vitest";
import { coin, firstSentences } from "../testing/text-models.js";
import { wordClassifier, wordTagger } from "../testing/word-models.js";
import { evaluateClassifier, evaluateDensity, evaluateSummarizer, evaluateTagger } from "./evaluate.js";

const words = { negative: ["bad", "dull"], neutral: ["table"], positive: ["good", "fine"] };
const reviews = [
  { text: "a good film", label: "positive" },
  { text: "a dull film", label: "negative" },
  { text: "a film", label: "positive" },
  { text: "a bad bad film", label: "negative" },
];
const sentences = [
  { tokens: ["Ada", "met", "Bob", "in", "Rome"], tags: ["B-PER", "O", "B-PER", "O", "B-LOC"] },
  { tokens: [], tags: [] },
  { tokens: ["New", "York", "slept"], tags: ["B-LOC", "I-LOC", "O"] },
];
const names = { Ada: "PER", Rome: "LOC", York: "LOC" };

describe("the models of these tests are models", () => {
  for (const { name, run } of classifierChecks(() => wordClassifier("words", words))) test(name, run);
  for (const { name, run } of taggerChecks(() => wordTagger("names", names))) test(name, run);
});

test("scores a classifier, and says what each number is", async () => {
  const evaluation = await evaluateClassifier(wordClassifier("words", words), reviews);
  const [e, e2] = [Math.E, Math.E ** 2];
  const losses = [Math.log((e + 2) / e), Math.log((e + 2) / e), Math.log(3), Math.log((e2 + 2) / e2)];
  expect(evaluation.scores.accuracy).toBe(0.75);
  expect(evaluation.scores.macroF1).toBeCloseTo((2 / 3 + 0.8) / 2, 12);
  expect(evaluation.scores.logLoss).toBeCloseTo(losses.reduce((sum, loss) => sum + loss) / 4, 12);
  expect(evaluation).toMatchObject({ model: "words", items: 4, seen: null, unknownLabels: {}, skippedBecause: {} });
  expect(evaluation.signatures.logLoss).toBe("logLoss|base:e|clip:1e-15|v:1");
  expect(evaluation.byLabel.positive).toEqual({ precision: 1, recall: 0.5, f1: 2 / 3, support: 2 });
});

test("gives the same whatever the size of the batches, and whether items are streamed", async () => {
  async function* stream() {
    yield* reviews;
  }
  const { milliseconds: _, ...whole } = await evaluateClassifier(wordClassifier("words", words), reviews);
  for (const batchSize of [1, 3, 4]) {
    const done: number[] = [];
    const onProgress = (items: number) => done.push(items);
    const model = wordClassifier("words", words);
    const { milliseconds, ...parts } = await evaluateClassifier(model, stream(), { batchSize, onProgress });
    expect(parts).toEqual(whole);
    expect(milliseconds).toBeGreaterThan(0);
    expect(done.at(-1)).toBe(4);
  }
});

test("gives margins no log-loss, and says why", async () => {
  const { scores, skippedBecause } = await evaluateClassifier(
    wordClassifier("words", words, { scoreKind: "margin" }),
    reviews,
  );
  expect(scores.logLoss).toBeNull();
  expect(skippedBecause.logLoss).toMatch(/margins/);
  expect(scores.accuracy).toBe(0.75);
});

test("decides among the labels that it is told, with probabilities rescaled and a signature that says so", async () => {
  const options = { labels: ["positive", "negative"] };
  const item = { text: "a table a good one", label: "positive" };
  const { scores, signatures } = await evaluateClassifier(wordClassifier("words", words), [item], options);
  expect(scores.accuracy).toBe(1);
  expect(scores.logLoss).toBeCloseTo(Math.log((Math.E + 1) / Math.E), 12);
  expect(signatures.accuracy).toBe("accuracy|v:1|among:negative,positive");
});

test("counts a label that the model does not know as wrong, and lists it", async () => {
  const items = [...reviews, { text: "a mixed film", label: "mixed" }];
  const { scores, unknownLabels } = await evaluateClassifier(wordClassifier("words", words), items);
  expect(scores.accuracy).toBe(0.6);
  expect(unknownLabels).toEqual({ mixed: 1 });
});

test("refuses data of which the model knows no label, and names what it knows", async () => {
  const items = reviews.map(({ text }) => ({ text, label: "spam" }));
  await expect(evaluateClassifier(wordClassifier("words", words), items)).rejects.toMatchObject({
    code: "invalid-input",
    message: expect.stringMatching(/spam.*negative, neutral, positive/),
  });
});

test("counts the items that the model was trained on", async () => {
  const trainingTexts = new Set([fingerprint("A  GOOD film"), fingerprint("something else")]);
  const model = wordClassifier("words", words, { trainingTexts });
  expect((await evaluateClassifier(model, reviews)).seen).toBe(1);
  const tagger = { ...wordTagger("names", names), trainingTexts: new Set([fingerprint("New York slept")]) };
  expect((await evaluateTagger(tagger, sentences)).seen).toBe(1);
});

test("scores a tagger by whole entities, and by type", async () => {
  const { scores, byLabel, items } = await evaluateTagger(wordTagger("names", names), sentences);
  expect(items).toBe(3);
  expect(scores).toEqual({ precision: 2 / 3, recall: 0.5, f1: 4 / 7, tokenAccuracy: 5 / 8 });
  expect(byLabel.LOC).toEqual({ precision: 0.5, recall: 0.5, f1: 0.5, support: 2 });
});

test("leaves out the types that are not asked for, marked or gold", async () => {
  const { scores } = await evaluateTagger(wordTagger("names", names), sentences, { labels: ["PER"] });
  expect(scores).toEqual({ precision: 1, recall: 0.5, f1: 2 / 3, tokenAccuracy: 7 / 8 });
});

test("scores parts of speech by tokens, each a mark of its own", async () => {
  const tags: Record<string, string> = { Ada: "PROPN", slept: "NOUN" };
  const base = wordTagger("names", names);
  const model: typeof base = {
    ...base,
    labels: ["PROPN", "NOUN", "VERB"],
    tagTokens: async (all) =>
      all.map((tokens) => ({
        tags: tokens.map((token) => tags[token] ?? "X"),
        scores: tokens.map(() => 1),
        model: "names",
      })),
  };
  const items = [{ tokens: ["Ada", "slept"], tags: ["PROPN", "VERB"] }];
  const { scores, byLabel, signatures } = await evaluateTagger(model, items);
  expect(scores).toEqual({ precision: 0.5, recall: 0.5, f1: 0.5, tokenAccuracy: 0.5 });
  expect(byLabel.PROPN).toEqual({ precision: 1, recall: 1, f1: 1, support: 1 });
  expect(signatures.tokenAccuracy).toBe("token-accuracy|v:1");
});

test("has no F1 where there is no entity at all, and says why", async () => {
  const { scores, skippedBecause } = await evaluateTagger(wordTagger("names", names), [{ tokens: ["x"], tags: ["O"] }]);
  expect(scores.f1).toBeNull();
  expect(skippedBecause.f1).toMatch(/nothing to count/);
});

test.each([
  ["tags that are not one a token", [{ tokens: ["Ada"], tags: [] }], /Sentence 1 .* 1 tokens and 0 tags/],
  [
    "tags of another scheme",
    [...sentences, { tokens: ["Ada"], tags: ["S-PER"] }],
    /Sentence 4 .* not IOB2, at token 1/,
  ],
  ["a tag without a type", [{ tokens: ["Ada"], tags: ["B-"] }], /not IOB2/],
  ["no sentences", [], /no items/],
])("refuses %s", async (_, items, message) => {
  await expect(evaluateTagger(wordTagger("names", names), items)).rejects.toMatchObject({
    code: "invalid-input",
    message: expect.stringMatching(message),
  });
});

test("refuses a model that answers another number of items", async () => {
  const model = wordClassifier("words", words);
  const forgetful = { ...model, classify: async () => [] };
  await expect(evaluateClassifier(forgetful, reviews)).rejects.toMatchObject({ code: "internal" });
});

test("lets a score that is not a number reach no figure", async () => {
  const broken = wordClassifier("words", { positive: [], negative: [] }, { scoreKind: "margin" });
  const model = {
    ...broken,
    scoreKind: "probability" as const,
    classify: async (texts: readonly string[]) =>
      (await broken.classify(texts)).map((each) => ({
        ...each,
        scores: each.scores.map(({ label }) => ({ label, score: Number.NaN })),
      })),
  };
  const { scores, skippedBecause } = await evaluateClassifier(model, reviews);
  expect(scores.logLoss).toBeNull();
  expect(skippedBecause.logLoss).toMatch(/not a number/);
});

test("stops where it is aborted, and closes the source", async () => {
  const controller = new AbortController();
  let closed = false;
  async function* endless() {
    try {
      for (;;) yield { text: "a good film", label: "positive" };
    } finally {
      closed = true;
    }
  }
  const onProgress = () => controller.abort();
  const running = evaluateClassifier(wordClassifier("words", words), endless(), {
    signal: controller.signal,
    onProgress,
  });
  await expect(running).rejects.toMatchObject({ code: "aborted" });
  expect(closed).toBe(true);
});

test("scores a summarizer by the best of the summaries", async () => {
  const items = [
    { text: "cats purr. dogs bark.", summaries: ["nothing alike", "cats purr"] },
    { text: "rain falls. snow melts.", summaries: ["the rain falls"] },
  ];
  const evaluation = await evaluateSummarizer(firstSentences("first"), items, { sentences: 1 });
  expect(evaluation.scores).toEqual({ rouge1: (1 + 0.8) / 2, rouge2: (1 + 2 / 3) / 2, rougeL: (1 + 0.8) / 2 });
  expect(evaluation).toMatchObject({ model: "first", items: 2, byLabel: {}, unknownLabels: {} });
  expect(evaluation.signatures.rouge1).toBe("rouge1|stem:porter|refs:best|v:1");
  const { scores } = await evaluateSummarizer(firstSentences("first"), items, { sentences: 2 });
  expect(scores.rouge1).toBeLessThan(evaluation.scores.rouge1 ?? 0);
});

test("refuses texts without a summary, and says which", async () => {
  const items = [{ text: "cats purr.", summaries: [] }];
  await expect(evaluateSummarizer(firstSentences("first"), items)).rejects.toThrow(
    "Text 1 of the test data has no summary",
  );
});

test("scores what says how likely a text is by byte and by token", async () => {
  // A fair coin a byte, and two bytes a token.
  const { scores, signatures } = await evaluateDensity(coin("text"), [{ text: "abcd" }, { text: "ab" }]);
  expect(scores.bitsPerByte).toBeCloseTo(1, 12);
  expect(scores.perplexity).toBeCloseTo(4, 12);
  expect(Object.keys(signatures)).toEqual(["bitsPerByte", "perplexity"]);
});

test("gives the density of features no figure of texts", async () => {
  const { scores } = await evaluateDensity(coin("features"), [{ text: "abcd" }]);
  expect(scores).toEqual({ bitsPerByte: null, perplexity: null });
});
