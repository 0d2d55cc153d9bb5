import { seededRandom } from "@bifocal/contracts";
import { expect, test } from "vitest";
import { learnerNamed, learners } from "../learners.js";
import { sampleItems } from "../testing/sample-items.js";
import { checkMemory } from "./check-memory.js";
import { estimateMemory } from "./memory-estimate.js";

const logistic = learnerNamed("logistic-regression");
const plenty = { heap: 1e12, all: 1e12 };

/** Texts whose words are drawn by Zipf's law. */
function texts(count: number, words: number) {
  const random = seededRandom(1);
  const word = () => `w${Math.floor(words ** random())}`;
  return Array.from({ length: count }, (_, i) => ({
    text: Array.from({ length: 12 }, word).join(" "),
    label: i % 2 ? "a" : "b",
  }));
}

test("the number of features is told from a sample, within a half", () => {
  const items = texts(12_000, 50_000);
  const distinct = new Set(items.flatMap(({ text }) => text.split(" "))).size;
  const { features } = checkMemory(logistic, items, { settings: { ngrams: 1 }, limits: plenty });
  expect(features / distinct).toBeGreaterThan(0.67);
  expect(features / distinct).toBeLessThan(1.5);
});

test("more labels, longer runs and more items need more; fewer features less", () => {
  const bytes = (items: ReturnType<typeof texts>, settings = {}) =>
    checkMemory(logistic, items, { settings, limits: plenty }).trainingBytes;
  const items = texts(2000, 5000);
  const normal = bytes(items);
  expect(bytes(items.map((item, i) => ({ ...item, label: `${i % 20}` })))).toBeGreaterThan(5 * normal);
  expect(bytes(items, { ngrams: 3 })).toBeGreaterThan(normal);
  expect(bytes(texts(8000, 5000))).toBeGreaterThan(2 * normal);
  expect(bytes(items, { maximumFeatures: 100 })).toBeLessThan(normal);
});

test("hashed terms have as many columns as they are hashed into, whatever the texts", () => {
  const features = (count: number) =>
    checkMemory(logistic, texts(count, 5000), { settings: { hashBits: 12 }, limits: plenty }).features;
  expect([features(100), features(2000)]).toEqual([4096, 4096]);
});

test("a chain by likelihood needs more for a weight than one by the perceptron, but has weights for fewer tags", () => {
  const random = seededRandom(1);
  const items = Array.from({ length: 400 }, () => {
    const numbers = Array.from({ length: 10 }, () => Math.floor(100_000 * random()));
    return { tokens: numbers.map((number) => `w${number}`), tags: numbers.map((number) => `T${number % 30}`) };
  });
  const bytes = (learner: string, settings = {}) =>
    checkMemory(learnerNamed(learner), items, {
      settings: { templates: "word[0]", minimumCount: 1, ...settings },
      limits: plenty,
    }).trainingBytes;
  expect(bytes("crf", { algorithm: "lbfgs" })).toBeGreaterThan(bytes("crf", { algorithm: "sgd" }));
  expect(bytes("crf", { algorithm: "perceptron" })).toBeGreaterThan(bytes("crf", { algorithm: "sgd" }));
  expect(bytes("memm")).toBe(bytes("crf", { algorithm: "lbfgs" }));
});

test("a chain by likelihood needs more where common words have many of the tags, for a token is laid out with each", () => {
  const random = seededRandom(1);
  const sentences = (tagsOfWord: number) =>
    Array.from({ length: 400 }, () => {
      const tokens = Array.from({ length: 10 }, () => `w${Math.floor(100 ** random())}`);
      return {
        tokens,
        tags: tokens.map((token) => `T${(Number(token.slice(1)) + Math.floor(tagsOfWord * random())) % 40}`),
      };
    });
  const bytes = (items: ReturnType<typeof sentences>) =>
    checkMemory(learnerNamed("crf"), items, { settings: { algorithm: "sgd", templates: "word[0]" }, limits: plenty })
      .trainingBytes;
  const [one, many] = [bytes(sentences(1)), bytes(sentences(20))];
  expect(many - one).toBeGreaterThan(4000 * 5 * 10);
});

test("what does not fit is refused, with how much and what to do", () => {
  const items = texts(500, 5000);
  const check =
    (limits: { heap: number; all: number }, trainings = 1) =>
    () =>
      checkMemory(logistic, items, { limits, trainings });
  expect(check(plenty)).not.toThrow();
  expect(check({ ...plenty, all: 1000 })).toThrow(expect.objectContaining({ code: "too-large" }));
  expect(check({ ...plenty, all: 1000 })).toThrow(
    /500 items would need about \d+ MB .+ features\); 1 MB can be used\. Lower maximumFeatures/,
  );
  expect(check({ ...plenty, heap: 1000 })).toThrow("no thread may hold so many items");
  const { itemBytes, trainingBytes } = checkMemory(logistic, items, { limits: plenty });
  const enough = { ...plenty, all: 1.5 * (itemBytes + trainingBytes) };
  expect(check(enough)).not.toThrow();
  expect(check(enough, 2)).toThrow("Use fewer workers");
});

test.each(Object.values(learners))("$name can be estimated on few items, and on none", (learner) => {
  const settings = Object.fromEntries(Object.entries(learner.settings).map(([name, rule]) => [name, rule.default]));
  for (const items of [sampleItems[learner.reads], sampleItems[learner.reads].slice(0, 1), []]) {
    const { itemBytes, trainingBytes } = estimateMemory(learner, items, settings);
    expect(itemBytes).toBeGreaterThanOrEqual(0);
    expect(Number.isFinite(trainingBytes)).toBe(true);
  }
});
