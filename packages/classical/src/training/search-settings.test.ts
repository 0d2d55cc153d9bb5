import { existsSync } from "node:fs";
import { seededRandom } from "@bifocal/contracts";
import { expect, test } from "vitest";
import type { LabelledText } from "../learner.js";
import { openModel, trainModel } from "../learners.js";
import { crossValidate } from "./cross-validate.js";
import { scoreModel } from "./score-model.js";
import { searchSettings } from "./search-settings.js";

const isBuilt = existsSync(new URL("../../dist/parallel/job-worker.js", import.meta.url));

/** Labels that the words tell, two times of three. */
function items(count: number, seed: number): LabelledText[] {
  const random = seededRandom(seed);
  const word = (from: number) => `w${from + Math.floor(random() * 20)}`;
  return Array.from({ length: count }, (_, i) => {
    const own = i % 2 === 0 ? 0 : 20;
    const text = Array.from({ length: 6 }, () => word(random() < 0.66 ? own : 20 - own)).join(" ");
    return { text, label: i % 2 === 0 ? "even" : "odd" };
  });
}

const some = items(60, 1);

test("a fold's score is that of a model trained on the other folds", async () => {
  const foldOf = some.map((_, i) => (i % 3 === 0 ? "x" : "y"));
  const settings = { ngrams: 1 };
  const { folds, mean, deviation, metric } = await crossValidate("naive-bayes", some, { foldOf, settings });
  const trained = await trainModel(
    "naive-bayes",
    some.filter((_, i) => i % 3 !== 0),
    { id: "by hand", settings },
  );
  const scores = await scoreModel(
    openModel(trained),
    some.filter((_, i) => i % 3 === 0),
  );
  expect(folds[0]).toEqual({ fold: "x", items: 20, score: scores.accuracy, scores });
  expect(metric).toBe("accuracy");
  const [a, b] = folds.map(({ score }) => score);
  expect(mean).toBeCloseTo((a + b) / 2, 12);
  expect(deviation).toBeCloseTo(Math.abs(a - b) / Math.SQRT2, 12);
});

test.skipIf(!isBuilt)("three workers come to the same bits as one (skipped before the build)", async () => {
  const options = { search: { smoothing: { from: 0.01, to: 10 }, ngrams: [1, 2] }, trials: 4, folds: 3, seed: 5 };
  const here = await searchSettings("naive-bayes", some, options);
  expect(await searchSettings("naive-bayes", some, { ...options, workers: 3 })).toEqual(here);
  const validation = await crossValidate("logistic-regression", some, { folds: 4 });
  expect(await crossValidate("logistic-regression", some, { folds: 4, workers: 2 })).toEqual(validation);
});

test("the settings that score best win, the first of them where several do", async () => {
  const search = { smoothing: [1000, 0.5, 0.5] };
  const found = await searchSettings("naive-bayes", some, { search, settings: { ngrams: 1 }, metric: "logLoss" });
  const scores = found.trials.map((trial) => ("score" in trial ? trial.score : Number.NaN));
  expect(found.settings).toEqual({ ngrams: 1, smoothing: 0.5 });
  expect(found.score).toBe(scores[1]);
  expect(scores[2]).toBe(scores[1]);
  expect(scores[1]).toBeLessThan(scores[0]);
});

test("dev items score the trials where there are some, trained on all the rest", async () => {
  const dev = items(30, 2);
  const { trials } = await searchSettings("naive-bayes", some, {
    search: { smoothing: [1, 2] },
    dev,
    metric: "macroF1",
  });
  const trained = await trainModel("naive-bayes", some, { id: "by hand", settings: { smoothing: 2 } });
  expect(trials[1]).toEqual({ settings: { smoothing: 2 }, score: (await scoreModel(openModel(trained), dev)).macroF1 });
});

test("settings that cannot be trained with are recorded as failing, and only where all fail is it an error", async () => {
  const search = { minimumDocuments: [1, 1000] };
  const { trials, settings } = await searchSettings("naive-bayes", some, { search });
  expect(trials[1]).toMatchObject({ settings: { minimumDocuments: 1000 }, failure: { code: "invalid-input" } });
  expect(settings).toEqual({ minimumDocuments: 1 });
  await expect(searchSettings("naive-bayes", some, { search: { minimumDocuments: [1000] } })).rejects.toMatchObject({
    code: "invalid-input",
  });
});

test.each([1, 2])("with %d workers it stops when aborted", async (workers) => {
  if (workers > 1 && !isBuilt) return;
  const aborter = new AbortController();
  const onTrial = () => aborter.abort();
  const search = crossValidate("naive-bayes", some, { folds: 30, workers, signal: aborter.signal, onTrial });
  await expect(search).rejects.toMatchObject({ code: "aborted" });
});

test.each([1, 2])(
  "with %d workers the trials that are done are kept when aborted, where that is asked for",
  async (workers) => {
    if (workers > 1 && !isBuilt) return;
    const stopAfter = (trials: number) => {
      const aborter = new AbortController();
      const onTrial = (done: number) => done === trials && aborter.abort();
      return { signal: aborter.signal, onTrial, workers, onAbort: "keep-best" } as const;
    };
    const validation = await crossValidate("naive-bayes", some, { folds: 30, ...stopAfter(5) });
    expect(validation).toMatchObject({ ended: "aborted" });
    const whole = await crossValidate("naive-bayes", some, { folds: 30 });
    expect(whole.folds).toEqual(expect.arrayContaining([...validation.folds]));
    expect(validation.folds.length).toBeGreaterThanOrEqual(5);
    const search = { smoothing: [1, 2, 3, 4, 5, 6, 7, 8] };
    const found = await searchSettings("naive-bayes", some, { search, folds: 2, ...stopAfter(7) });
    expect(found).toMatchObject({ ended: "aborted" });
    expect(found.trials.length).toBeGreaterThanOrEqual(2);
    expect(found.trials.length).toBeLessThan(8);
    const nothing = crossValidate("naive-bayes", some, { folds: 30, ...stopAfter(1), workers: 1 });
    await expect(nothing).rejects.toMatchObject({ code: "aborted" });
  },
);

test("a metric of another kind of learner is refused, with those that there are", async () => {
  await expect(crossValidate("naive-bayes", some, { metric: "f1" })).rejects.toMatchObject({
    code: "unknown-option",
    message: expect.stringContaining("macroF1"),
  });
});
