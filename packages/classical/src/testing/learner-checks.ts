import assert from "node:assert/strict";
import { type AnyModel, BifocalError, hasDensity, seededRandom, shuffled } from "@bifocal/contracts";
import { type Check, classifierChecks, densityChecks, generatorChecks, taggerChecks } from "@bifocal/contracts/testing";
import type { Iteration, LabelledText, Learner, Progress, TaggedSentence, TrainingItems } from "../learner.js";
import { checkSettings, openModel, openModelFile, textOfItem, trainModel } from "../learners.js";
import { encodeModel, type SavedModel } from "../model-file.js";
import type { TrainingOptions } from "../training/train-options.js";
import { type Answer, answersOf, assertSameAnswers } from "./answers.js";
import { assertLeavesNoThread } from "./threads.js";

export interface LearnerCheckOptions {
  /** Settings to check the learner with; default: its own defaults. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** How far scores may lie apart where trainings differ in rounding and in where they stop. Default 1e-3. */
  readonly tolerance?: number;
  /**
   * Checks that do not hold for the learner, by name, each with the reason. They are turned round: one that holds after
   * all fails, so that the list stays true.
   */
  readonly except?: Readonly<Record<string, string>>;
}

type Items = readonly TrainingItems[keyof TrainingItems][];

/** One learner under check. */
interface Subject {
  readonly learner: Learner;
  readonly items: Items;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly tolerance: number;
  readonly train: (items: Items | AsyncIterable<Items[number]>, options?: TrainingOptions) => Promise<SavedModel>;
}

/**
 * The conformance suite of learners: what holds for every learner of the table, on items of the kind that it reads, and
 * the conformance suite of the models that it makes. Other learners may be checked too, as long as their params are of a
 * kind that this package opens.
 * @example
 * for (const learner of Object.values(learners))
 *   for (const { name, run } of learnerChecks(learner, sampleItems[learner.reads])) test(`${learner.name} ${name}`, run);
 */
export function learnerChecks(
  learner: Learner,
  items: Items,
  { settings = {}, tolerance = 1e-3, except = {} }: LearnerCheckOptions = {},
): Check[] {
  const train: Subject["train"] = (from, options) => trainModel(learner, from, { id: "checked", settings, ...options });
  const subject = { learner, items, settings, tolerance, train };
  const checks = [
    ...sameModelChecks(subject),
    ...equivalenceChecks(subject),
    ...refusalChecks(subject),
    ...courseChecks(subject),
    ...modelChecks(subject),
  ];
  const unknown = Object.keys(except).filter((name) => checks.every((check) => check.name !== name));
  assert.deepEqual(unknown, [], "there are no such checks");
  return checks.map((check) => (Object.hasOwn(except, check.name) ? turned(check, except[check.name]) : check));
}

function turned({ name, run }: Check, reason: string): Check {
  return {
    name: `is not expected to hold: ${name} (${reason})`,
    run: () => assert.rejects(run(), assert.AssertionError, `"${name}" holds after all`),
  };
}

/** Trainings that must give the same model to the bit. */
function sameModelChecks({ items, train }: Subject): Check[] {
  const bytes = async (options?: TrainingOptions) => Buffer.from(encodeModel(await train(items, options)));
  const same = (a: Buffer, b: Buffer): void => assert.ok(a.equals(b), "the models differ");
  return [
    {
      name: "training twice agrees to the bit",
      run: async () => same(await bytes({ seed: 3 }), await bytes({ seed: 3 })),
    },
    {
      name: "one worker and two agree to the bit",
      run: async () => same(await bytes({ workers: 1 }), await bytes({ workers: 2 })),
    },
    {
      name: "items that come one after another learn the same bits as a list",
      run: async () => same(Buffer.from(encodeModel(await train(oneByOne(items)))), await bytes()),
    },
    {
      name: "a model answers to the bit as before once saved and loaded",
      run: async () => {
        const trained = await train(items);
        const texts = probesOf(items);
        const read = openModelFile(encodeModel(trained));
        assertSameAnswers(await answersOf(read, texts), await answersOf(openModel(trained), texts), 0);
      },
    },
  ];
}

async function* oneByOne(items: Items): AsyncIterable<Items[number]> {
  yield* items;
}

/** Trainings on other items that say the same. */
function equivalenceChecks({ learner: { reads }, items, tolerance, train }: Subject): Check[] {
  const texts = probesOf(items);
  const answers = async (from: Items): Promise<Answer[]> => answersOf(openModel(await train(from)), texts);
  const checks: Check[] = [
    {
      name: "the order of the items does not matter",
      run: async () =>
        assertSameAnswers(await answers(shuffled(items, seededRandom(5))), await answers(items), tolerance),
    },
  ];
  if (reads !== "labelled-texts" && reads !== "tagged-sentences") return checks;
  checks.push({
    name: "labels may be renamed",
    run: async () => {
      const names = renaming(items);
      const renamed = (await answers(items)).map((answer) => renamedAnswer(answer, names));
      assertSameAnswers(await answers(items.map((item) => renamedItem(item, names))), renamed, tolerance);
    },
  });
  if (reads !== "labelled-texts") return checks;
  const isHeavy = (i: number): boolean => i % 3 === 0;
  checks.push({
    name: "a weight of 2 is the item twice",
    run: async () => {
      const weighted = items.map((item, i) => (isHeavy(i) ? { ...item, weight: 2 } : item));
      const twice = items.flatMap((item, i) => (isHeavy(i) ? [item, item] : [item]));
      assertSameAnswers(await answers(weighted), await answers(twice), tolerance);
    },
  });
  return checks;
}

/** What cannot be learned from is refused with a word; what says nothing does no harm. */
function refusalChecks({ learner: { reads }, items, train }: Subject): Check[] {
  const checks: Check[] = [
    { name: "no items are refused", run: () => assertRejects(train([]), "invalid-input") },
    {
      name: "a setting that it does not have is refused",
      run: () => assertRejects(train(items, { settings: { noSuchSetting: 1 } }), "unknown-option"),
    },
  ];
  if (reads !== "labelled-texts") return checks;
  const labelled = items as readonly LabelledText[];
  checks.push(
    {
      name: "items of one label are refused",
      run: () => assertRejects(train(labelled.map((item) => ({ ...item, label: "same" }))), "invalid-input"),
    },
    {
      name: "texts that are all empty are refused",
      run: () => assertRejects(train(labelled.map((item) => ({ ...item, text: "" }))), "invalid-input"),
    },
    {
      name: "an empty text among the items does no harm",
      run: async () => {
        const empty = [...new Set(labelled.map(({ label }) => label))].map((label) => ({ text: "", label }));
        const model = openModel(await train([...labelled, ...empty]));
        for (const answer of await answersOf(model, ["", ...probesOf(items)]))
          assert.ok([...answer.values()].every(Number.isFinite), "a score is not finite");
      },
    },
  );
  return checks;
}

/** What happens while it trains. */
function courseChecks(subject: Subject): Check[] {
  const { items, train } = subject;
  return [
    {
      name: "progress goes forward, and never past the end",
      run: async () => {
        const told: Progress[] = [];
        await train(items, { onProgress: (progress) => told.push(progress) });
        for (const [i, { iteration, iterations, objective }] of told.entries()) {
          assert.ok(iteration > (told[i - 1]?.iteration ?? 0), `${iteration} does not come after the one before`);
          assert.ok(iteration <= iterations, `${iteration} is past ${iterations}`);
          assert.ok(objective === undefined || Number.isFinite(objective), `the objective is ${objective}`);
        }
      },
    },
    {
      name: "aborted at first it throws, and leaves no thread",
      run: () =>
        assertLeavesNoThread(async () => {
          const signal = AbortSignal.abort();
          await assertRejects(train(items, { signal, workers: 2 }), "aborted");
          await assertRejects(train(items, { signal, workers: 2, onAbort: "keep-best" }), "aborted");
        }),
    },
    {
      name: "aborted on the way it throws, or keeps what it has where it is asked to, and leaves no thread",
      run: () =>
        assertLeavesNoThread(async () => {
          const { last, firstLearned } = await courseOf(subject);
          const stop = firstLearned ?? 1;
          if (stop >= last) return;
          await assertRejects(train(items, { ...abortAt(stop), workers: 2 }), "aborted");
          if (firstLearned === undefined) return;
          const kept = await train(items, { ...abortAt(stop), workers: 2, onAbort: "keep-best" });
          assert.equal(kept.card.training?.ended, "aborted");
          await answersOf(openModelFile(encodeModel(kept)), probesOf(items));
        }),
    },
    {
      name: "it ends once it is told to, with what it has",
      run: async () => {
        const { firstWhole } = await courseOf(subject);
        if (firstWhole === undefined) return;
        assert.equal((await courseOf(subject, firstWhole)).last, firstWhole);
      },
    },
    {
      name: "a whole training leaves no thread",
      run: () =>
        assertLeavesNoThread(async () => {
          await train(items, { workers: 2 });
        }),
    },
  ];
}

/** The conformance suite of the models that it makes. */
function modelChecks({ learner: { tasks }, items, train }: Subject): Check[] {
  let trained: Promise<SavedModel> | undefined;
  const open = async (): Promise<AnyModel> => {
    trained ??= train(items);
    return openModel(await trained);
  };
  const opened =
    <M extends AnyModel>(fits: (model: AnyModel) => model is M) =>
    async (): Promise<M> => {
      const model = await open();
      assert.ok(fits(model), `it is no model for ${tasks[0]}`);
      return model;
    };
  if (tasks[0] === "ner") return taggerChecks(opened((model) => "tag" in model));
  if (tasks[0] === "summarization") return generatorChecks(opened((model) => "generate" in model));
  if (tasks[0] !== "text-generation") return classifierChecks(opened((model) => "classify" in model));
  return [
    ...generatorChecks(opened((model) => "generate" in model)),
    ...densityChecks(opened((model) => hasDensity(model))),
  ];
}

/** The last iteration of a training, the first with something learned, and the first with more than a provisional model. */
interface Course {
  readonly last: number;
  readonly firstLearned: number | undefined;
  readonly firstWhole: number | undefined;
}

/** Which iterations a training makes, and after which it first has a model; told to end after one of them if asked to. */
async function courseOf({ learner, items, settings }: Subject, end = Number.POSITIVE_INFINITY): Promise<Course> {
  let last = 0;
  let firstLearned: number | undefined;
  let firstWhole: number | undefined;
  const afterIteration = ({ iteration, learned, provisional = false }: Iteration): boolean => {
    last = iteration;
    if (learned !== undefined) firstLearned ??= iteration;
    if (learned !== undefined && !provisional) firstWhole ??= iteration;
    return iteration >= end;
  };
  await learner.train(items, checkSettings(learner, settings), { afterIteration });
  return { last, firstLearned, firstWhole };
}

/** A signal that fires at an iteration, and what must be given to a training for that. */
function abortAt(iteration: number): Pick<TrainingOptions, "signal" | "onProgress"> {
  const aborter = new AbortController();
  return {
    signal: aborter.signal,
    onProgress: (progress) => {
      if (progress.iteration >= iteration) aborter.abort();
    },
  };
}

async function assertRejects(promise: Promise<unknown>, code: BifocalError["code"]): Promise<void> {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof BifocalError && error.code === code, `it fails with ${error}, not with ${code}`);
    assert.ok(error.message.length > 0);
    return true;
  });
}

/** Texts of the items, and some that it was not trained on. */
function probesOf(items: Items): string[] {
  const seen = items.slice(0, 12).map(textOfItem);
  return [...seen, ...seen.map((text, i) => `${text} ${seen[(i + 1) % seen.length]}`), "nothing that it knows", ""];
}

/** Other names, of which the order is turned round. */
function renaming(items: Items): ReadonlyMap<string, string> {
  const names = new Set(items.flatMap((item) => ("label" in item ? [item.label] : typesOf(item))));
  return new Map([...names].sort().map((name, i, all) => [name, `N${all.length - i}`]));
}

function typesOf(item: TrainingItems[keyof TrainingItems]): string[] {
  return "tags" in item ? item.tags.filter((tag) => tag !== "O").map((tag) => tag.slice(2)) : [];
}

function renamedItem(item: TrainingItems[keyof TrainingItems], names: ReadonlyMap<string, string>) {
  if ("label" in item) return { ...item, label: names.get(item.label) as string };
  return "tags" in item ? { ...item, tags: item.tags.map((tag) => renamedTag(tag, names)) } : item;
}

function renamedTag(tag: TaggedSentence["tags"][number], names: ReadonlyMap<string, string>): string {
  return tag === "O" ? tag : `${tag.slice(0, 2)}${names.get(tag.slice(2))}`;
}

/** Names are labels, or a token's number and its tag. */
function renamedAnswer(answer: Answer, names: ReadonlyMap<string, string>): Answer {
  return new Map(
    [...answer].map(([name, number]) => {
      const [position, tag] = name.split(" ");
      return [tag === undefined ? (names.get(name) as string) : `${position} ${renamedTag(tag, names)}`, number];
    }),
  );
}
