import { expect, test } from "vitest";
import { joinedEntities, singleEntities } from "./join-units.js";
import { readTags } from "./read-tags.js";

const labels = ["O", "B-PER", "I-PER"];
const text = "Ada Lovelace wrote";

/** "Ada", "Love" + "lace", "wrote": the second half of a name alone is taken for something else. */
const scored = {
  starts: [0, 4, 8, 13],
  ends: [3, 8, 12, 18],
  begins: [1, 1, 0, 1],
  logits: [
    [1, 8, 1],
    [1, 1, 6],
    [7, 1, 1],
    [5, 0, 0],
  ].flat(),
  usage: { tokens: 4, windows: 1, truncated: false },
};

const softmaxOf = (row: number[], label: number) =>
  Math.exp(row[label] ?? 0) / row.reduce((sum, each) => sum + Math.exp(each), 0);

test.each([
  ["none", ["B-PER", "I-PER", "O", "O"]],
  ["simple", ["B-PER", "I-PER", "O", "O"]],
  ["first", ["B-PER", "I-PER", "O"]],
  // The surer of both halves speaks for the word, and so it does in their mean.
  ["max", ["B-PER", "O", "O"]],
  ["average", ["B-PER", "O", "O"]],
] as const)("%s reads %j", (strategy, tags) => {
  expect(readTags(labels, scored, strategy).map(({ tag }) => tag)).toEqual(tags);
});

test("scores are those of Python's pipeline", () => {
  const [, first] = readTags(labels, scored, "first");
  expect(first?.score).toBeCloseTo(softmaxOf([1, 1, 6], 2), 12);
  const [, max] = readTags(labels, scored, "max");
  expect(max?.score).toBeCloseTo(softmaxOf([7, 1, 1], 0), 12);
  const [, average] = readTags(labels, scored, "average");
  expect(average?.score).toBeCloseTo((softmaxOf([1, 1, 6], 0) + softmaxOf([7, 1, 1], 0)) / 2, 12);
  const options = { scheme: "IOB2", ignore: ["O"] } as const;
  const [entity] = joinedEntities(text, readTags(labels, scored, "first"), options);
  expect(entity).toMatchObject({ text: "Ada Lovelace", start: 0, end: 12, label: "PER" });
  expect(entity?.score).toBeCloseTo((softmaxOf([1, 8, 1], 1) + softmaxOf([1, 1, 6], 2)) / 2, 12);
});

test("tokens of one character do not make entities that overlap, nor white space one", () => {
  const units = [
    { start: 0, end: 2, tag: "B-PER", score: 1 },
    { start: 0, end: 2, tag: "B-PER", score: 1 },
    { start: 3, end: 3, tag: "B-PER", score: 1 },
    { start: 3, end: 4, tag: "B-PER", score: 1 },
  ];
  for (const join of [singleEntities, joinedEntities]) {
    const entities = join("🙂 a", units, { scheme: "IOB2", ignore: ["O"] });
    expect(entities.map((entity) => entity.text)).toEqual(["🙂", "a"]);
  }
});
