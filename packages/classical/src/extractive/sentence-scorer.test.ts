import type { TextGenerator } from "@bifocal/contracts";
import { expect, test } from "vitest";
import { sparseDataset } from "../features/sparse-dataset.js";
import { openModel, trainModel } from "../learners.js";
import { sampleItems } from "../testing/sample-items.js";
import { oracleSentences } from "./oracle-sentences.js";
import { sentenceRowReader } from "./sentence-columns.js";
import { cuesOf, readSentences, sentenceFeatures } from "./sentence-features.js";
import type { SentenceScorerParams } from "./sentence-scorer.js";
import { countLogOdds } from "./sentence-scorer-naive-bayes.js";

const words = (text: string): string[] => text.split(" ");
const spans = (...texts: readonly string[]) => texts.map((text) => ({ text, start: 0, end: text.length }));

test("the oracle takes the best sentence, then what adds to it, and no more than it may", () => {
  const sentences = ["it rained", "cats chase mice", "we saw it", "dogs sleep"].map(words);
  const summary = [words("cats chase mice dogs sleep")];
  expect([...oracleSentences(sentences, summary, 3)].sort()).toEqual([1, 3]);
  expect([...oracleSentences(sentences, summary, 1)]).toEqual([1]);
  expect([...oracleSentences(sentences, [words("birds sing")], 3)]).toEqual([]);
  expect([...oracleSentences(sentences, [words("birds sing"), words("dogs sleep")], 3)]).toEqual([3]);
});

test("features are measured as they are named", () => {
  const { features } = readSentences(spans("The IBM storm hit 3 ports.", "A storm; it rained.", "Ports closed."));
  expect(features.sentencesBefore).toEqual([0, 1, 2]);
  expect(features.sentencesAfter).toEqual([2, 1, 0]);
  expect(features.position).toEqual([0, 0.5, 1]);
  expect(features.words).toEqual([6, 4, 2]);
  expect(features.longerThan).toEqual([2 / 3, 1 / 3, 0]);
  expect(features.numbers).toEqual([1, 0, 0]);
  expect(features.acronyms).toEqual([1, 0, 0]);
  expect(features.marks).toEqual([0, 1, 0]);
  expect(features.likeFirst[0]).toBe(-1);
  expect(features.likeNext[2]).toBe(-1);
  expect(features.likePrevious[2]).toBe(0);
  expect(features.likeFirst[2]).toBeGreaterThan(0);
  expect(features.centrality[0]).toBeCloseTo((features.likeFirst[1] + features.likeFirst[2]) / 2, 12);
});

test("cues tell how a sentence begins from what is in it", () => {
  expect([...cuesOf(["we", "show", "it"])].sort()).toEqual(
    ["^we", "^we show", "^we show it", "it", "show", "show it", "we", "we show"].sort(),
  );
  expect(cuesOf([]).size).toBe(0);
});

test("a row has one range of each feature, and a value at an edge is above it", () => {
  const edges = Object.fromEntries(sentenceFeatures.map((name) => [name, name === "sentencesBefore" ? [1, 2] : []]));
  const readRows = sentenceRowReader({ edges, cues: ["^it"] });
  const rows = readRows(readSentences(spans("It rained.", "Cats slept.", "It rained.")));
  const others = Array.from({ length: sentenceFeatures.length - 1 }, (_, i) => i + 3);
  expect(rows.map((row) => [...row])).toEqual([
    [0, ...others, 18],
    [1, ...others],
    [2, ...others, 18],
  ]);
});

test("naive Bayes' log-odds are those of its joint probabilities, worked out one by one", () => {
  const edges = Object.fromEntries(sentenceFeatures.map((name) => [name, name === "words" ? [4, 8] : []]));
  const columns = { edges, cues: ["however", "we"] };
  const position = sentenceFeatures.indexOf("words");
  const constant = [...sentenceFeatures.keys()].map((i) => (i <= position ? i : i + 2));
  const row = (range: number, cues: readonly number[]) => {
    const indices = constant.map((column, i) => (i === position ? column + range : column));
    return Uint32Array.from([...indices, ...cues.map((cue) => sentenceFeatures.length + 2 + cue)]);
  };
  const seen: readonly [number, readonly number[], "rest" | "summary"][] = [
    [0, [0], "rest"],
    [1, [], "rest"],
    [0, [0, 1], "rest"],
    [2, [1], "summary"],
    [1, [1], "summary"],
  ];
  const rows = seen.map(([range, cues]) => {
    const indices = row(range, cues);
    return { indices, values: new Float32Array(indices.length).fill(1) };
  });
  const data = sparseDataset(
    rows,
    sentenceFeatures.length + 4,
    seen.map(([, , label]) => ({ label })),
  );
  const smoothing = 0.5;
  const { weights, bias } = countLogOdds(columns, data, smoothing);
  const joint = (label: string, range: number, cues: readonly number[]): number => {
    const own = seen.filter((each) => each[2] === label);
    const share = (count: number, values: number) => (count + smoothing) / (own.length + smoothing * values);
    return [0, 1].reduce(
      (product, cue) => product * share(own.filter((each) => each[1].includes(cue) === cues.includes(cue)).length, 2),
      (own.length / seen.length) * share(own.filter((each) => each[0] === range).length, 3),
    );
  };
  for (const range of [0, 1, 2])
    for (const cues of [[], [0], [1], [0, 1]]) {
      const logOdds = row(range, cues).reduce((sum, column) => sum + weights[column], bias);
      expect(logOdds).toBeCloseTo(Math.log(joint("summary", range, cues) / joint("rest", range, cues)), 5);
    }
});

const items = sampleItems["summarized-texts"];
const learners = ["sentence-scorer-logistic-regression", "sentence-scorer-naive-bayes"] as const;

test.each(learners)("%s finds what begins with a cue, wherever it stands", async (name) => {
  const settings = { summarySentences: 1, minimumSentences: 5 };
  const model = openModel(await trainModel(name, items, { id: "mine", settings })) as TextGenerator;
  const text = "It was late. Rain fell on the harbour. We show that Ada found a drum in Rome. It was good. All slept.";
  const [{ sentences = [] }] = await model.generate([text], { sentences: 1 });
  expect(sentences.map((sentence) => sentence.text)).toEqual(["We show that Ada found a drum in Rome."]);
  expect(sentences[0].score).toBeGreaterThan(0.5);
  expect(sentences[0].score).toBeLessThanOrEqual(1);
});

test.each(learners)("%s refuses texts whose sentences are all, or none, in a summary", async (name) => {
  for (const summaries of [["We slept."], ["Trains run."], []]) {
    const training = trainModel(name, [{ text: "We slept.", summaries }], { id: "mine" });
    await expect(training).rejects.toMatchObject({ code: "invalid-input" });
  }
});

test("a damaged scorer is refused", async () => {
  const saved = await trainModel("sentence-scorer-naive-bayes", items, { id: "mine" });
  const params = saved.params as SentenceScorerParams;
  const damages: readonly Partial<SentenceScorerParams>[] = [
    { bias: Number.NaN },
    { weights: params.weights.slice(1) },
    { cues: [...params.cues, "more"] },
    { edges: { ...params.edges, words: [2, 1] } },
    { edges: { ...params.edges, another: [] } },
  ];
  for (const damage of damages)
    expect(() => openModel({ ...saved, params: { ...params, ...damage } })).toThrow(
      expect.objectContaining({ code: "model-damaged" }),
    );
});
