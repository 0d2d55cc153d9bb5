import { expect, test } from "vitest";
import { learners, trainModel } from "../learners.js";
import type { TrainOptions } from "./train-options.js";

/** As JavaScript calls it, which no type holds back. */
const train = (learner: string, items: unknown, options: Partial<TrainOptions> = {}): Promise<unknown> =>
  Reflect.apply(trainModel, undefined, [learner, items, { id: "mine", ...options }]);

const good = { text: "good", label: "yes" };

test.each([
  ["naive-bayes", [good, { text: "bad", label: 0 }], "Item 2 must be { text, label }, two texts."],
  ["linear-svm", [{ label: "yes" }], "Item 1 must be { text, label }"],
  ["linear-svm", [null], "Item 1 must be { text, label }"],
  ["linear-svm", undefined, "The items must be a list of { text, label }"],
  ["linear-svm", { 0: good }, "The items must be a list"],
  ["crf", [{ tokens: ["Ada"], tags: "O" }], "Item 1 must be { tokens, tags }, two lists of texts."],
  ["hmm", [good], "Item 1 must be { tokens, tags }"],
  ["ngram", ["a text"], "Item 1 must be { text }, a text."],
  ["sentence-scorer-naive-bayes", [{ text: "One. Two.", summaries: [1] }], "Item 1 must be { text, summaries }"],
  ["naive-bayes", [{ ...good, weight: 0 }], "Item 1 has the weight 0"],
])("%s is not trained on %j", async (learner, items, message) => {
  const refused = { code: "invalid-input", message: expect.stringContaining(message) };
  await expect(train(learner, items)).rejects.toMatchObject(refused);
});

test("items that come one after another are looked at, too, and dev items", async () => {
  async function* stream() {
    yield good;
    yield { text: 1, label: "no" };
  }
  await expect(train("naive-bayes", stream())).rejects.toMatchObject({ message: expect.stringContaining("Item 2") });
  const dev = [{ text: "a", label: 1 }] as never;
  await expect(train("naive-bayes", [good], { dev })).rejects.toMatchObject({ code: "invalid-input" });
});

test("a name that is none of a setting's choices is refused before the items are looked at", async () => {
  let looked = false;
  async function* stream() {
    looked = true;
    yield good;
  }
  const named = Object.values(learners).flatMap(({ name, settings }) =>
    Object.entries(settings).flatMap(([setting, rule]) => ("choices" in rule ? [[name, setting] as const] : [])),
  );
  expect(named.length).toBeGreaterThan(10);
  for (const [learner, setting] of named) {
    const wrong = train(learner, stream(), { settings: { [setting]: "nothing" } });
    await expect(wrong, `${learner} ${setting}`).rejects.toMatchObject({ code: "invalid-input" });
  }
  expect(looked).toBe(false);
});
