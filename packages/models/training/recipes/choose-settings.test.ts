import { fingerprint, seededRandom } from "@bifocal/contracts";
import { expect, test } from "vitest";
import { chooseOn, chooseWithin } from "./choose-settings.js";
import { split } from "./classifier-pair.js";

const words = { up: ["good", "fine", "warm"], down: ["bad", "dull", "cold"] } as const;
const random = seededRandom(1);
const items = Array.from({ length: 60 }, (_, i) => {
  const label = i % 2 === 0 ? "up" : "down";
  const of = words[label];
  return { text: `film ${i} is ${of[Math.floor(random() * of.length)]}`, label };
});

test("settings are chosen among those given, by the figure named, and the same way again", async () => {
  const grid = { ngrams: [1, 2], smoothing: [1, 100] };
  const choose = () => chooseWithin("naive-bayes", items, { grid, settings: {}, metric: "accuracy" });
  const chosen = await choose();
  expect(chosen).toMatchObject({ settings: { ngrams: 1, smoothing: 1 }, among: grid, score: 1 });
  expect(chosen.by).toContain("five-fold cross-validation");
  expect(await choose()).toEqual(chosen);
});

test("copies of a text are in one fold, so that none is learned by heart", async () => {
  const noise = Array.from({ length: 40 }, (_, i) => ({
    text: `word${i}`,
    label: fingerprint(`${i}`) % 2 ? "a" : "b",
  }));
  const copies = [...noise, ...noise, ...noise];
  const { score } = await chooseWithin("naive-bayes", copies, {
    grid: { smoothing: [1] },
    settings: {},
    metric: "accuracy",
  });
  expect(score).toBeLessThan(0.8);
});

test("the order of a writer is chosen on the dev texts", async () => {
  const texts = Array.from({ length: 30 }, () => ({ text: "one two three four one two three four" }));
  const chosen = await chooseOn("ngram", texts, { grid: { order: [1, 2] }, dev: texts.slice(0, 3), by: "here" });
  expect(chosen).toMatchObject({ settings: { order: 2 }, by: "here" });
});

test("a split trains on no text of its test, and counts what it left out", () => {
  const test = [items[0], { text: "FILM 2 is  cold", label: "down" }].filter((item) => item !== undefined);
  const part = split([...items, { text: "film 2 is cold", label: "up" }], test);
  const tested = new Set(test.map(({ text }) => fingerprint(text)));
  expect(part.train.some(({ text }) => tested.has(fingerprint(text)))).toBe(false);
  expect(part.train.length + part.left).toBe(items.length + 1);
  expect(part.left).toBeGreaterThanOrEqual(2);
});
