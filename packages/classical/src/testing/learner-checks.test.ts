import { Worker } from "node:worker_threads";
import { afterEach, expect, test } from "vitest";
import type { LabelledText, Learner, TrainingContext } from "../learner.js";
import { learners } from "../learners.js";
import { learnerChecks } from "./learner-checks.js";
import { sampleItems } from "./sample-items.js";

const sound = learners["naive-bayes"];
const items = sampleItems["labelled-texts"];
const workers: Worker[] = [];

afterEach(() => Promise.all(workers.splice(0).map((worker) => worker.terminate())));

type Train = (
  items: readonly LabelledText[],
  settings: Parameters<Learner["train"]>[1],
  context: TrainingContext,
) => ReturnType<Learner["train"]>;

let trainings = 0;

/** Naive Bayes with a defect, and the check that should find it. */
const defects: Readonly<Record<string, Train>> = {
  "training twice agrees to the bit": (given, settings, context) =>
    sound.train(given.slice(trainings++ % 2), settings, context),
  "the order of the items does not matter": (given, settings, context) =>
    sound.train(given.slice(6), settings, context),
  "labels may be renamed": (given, settings, context) =>
    sound.train(
      given.filter(({ label }) => label !== "sport" && label !== "N1"),
      settings,
      context,
    ),
  "items of one label are refused": (given, settings, context) =>
    sound.train([...given, { text: "more", label: "another" }], settings, context),
  "no items are refused": (given, settings, context) =>
    sound.train(given.length > 0 ? given : items, settings, context),
  "aborted at first it throws, and leaves no thread": (given, settings, { signal, ...context }) =>
    sound.train(given, settings, context),
  "a whole training leaves no thread": (given, settings, context) => {
    workers.push(new Worker("setInterval(() => {}, 1000)", { eval: true }));
    return sound.train(given, settings, context);
  },
  "progress goes forward, and never past the end": (given, settings, context) => {
    for (const iteration of [1, 2, 2]) context.onProgress?.({ iteration, iterations: 2 });
    return sound.train(given, settings, context);
  },
  "it ends once it is told to, with what it has": async (given, settings, context) => {
    const params = await sound.train(given, settings, context);
    for (const iteration of [1, 2]) await context.afterIteration?.({ iteration, iterations: 2, learned: () => params });
    return params;
  },
};

test.each(Object.entries(defects))('"%s" finds a learner for which it does not hold', async (name, train) => {
  const broken: Learner<"labelled-texts"> = { ...(sound as Learner<"labelled-texts">), train };
  const check = (learner: Learner) => learnerChecks(learner, items).find((each) => each.name === name);
  await expect(check(broken)?.run()).rejects.toThrow();
  await check(sound)?.run();
});

test("a check that is declared not to hold fails where it holds, and must be one that there is", async () => {
  const name = "no items are refused";
  const [turned] = learnerChecks(sound, items, { except: { [name]: "it says so" } }).filter((each) =>
    each.name.includes(name),
  );
  expect(turned?.name).toContain("(it says so)");
  await expect(turned?.run()).rejects.toThrow("holds after all");
  expect(() => learnerChecks(sound, items, { except: { "no such check": "" } })).toThrow("no such check");
});
