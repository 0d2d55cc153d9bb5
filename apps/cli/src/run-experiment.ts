import type { LabelledOptions } from "@bifocal/corpus";
import {
  type Comparison,
  type Disagreement,
  type Items,
  type LearningCurve,
  learningCurve,
  type NamedModel,
  type WritingOptions,
} from "@bifocal/evaluation";
import { type AnyModel, BifocalError, checkMemory, learnerNamed, learners, type Task, zeroShotRules } from "bifocal";
import { collect } from "./batches.js";
import type { Experiment } from "./experiment.js";
import { classifying, foretelling, type Instrument, summarizing, tagging, translating } from "./instruments.js";
import { openNamed, takesLabels } from "./open-named.js";
import type { TrainingItem } from "./read-training-items.js";
import { note, type Session } from "./session.js";
import { partSettings } from "./set-values.js";
import { trainModelInWorker } from "./train-in-worker.js";

export interface ExperimentContext {
  readonly reading: LabelledOptions;
  readonly session: Session;
  /** Called with each test item on which the models disagree. */
  readonly onDisagreement: (disagreement: Disagreement<object>) => Promise<void>;
}

export interface ExperimentResult {
  readonly comparison: Comparison;
  /** Where the experiment has sizes. */
  readonly curve?: LearningCurve;
}

type Run = (experiment: Experiment, context: ExperimentContext) => Promise<ExperimentResult>;

const runs: Readonly<Record<Task, Run>> = {
  "text-classification": (...given) => runWith(classifying, ...given),
  "sentiment-analysis": (...given) => runWith(classifying, ...given),
  ner: (...given) => runWith(tagging, ...given),
  summarization: (...given) => runWith(summarizing, ...given),
  translation: (...given) => runWith(translating, ...given),
  "text-generation": (...given) => runWith(foretelling, ...given),
};

/**
 * Compares the models on the test items, and learners at each size where there are sizes.
 * @throws {BifocalError} as reading, training and comparing do; `wrong-task` for a model or learner of another kind.
 */
export function runExperiment(experiment: Experiment, context: ExperimentContext): Promise<ExperimentResult> {
  return runs[experiment.task](experiment, context);
}

async function runWith<M extends AnyModel, Item extends TrainingItem>(
  instrument: Instrument<M, Item>,
  experiment: Experiment,
  context: ExperimentContext,
): Promise<ExperimentResult> {
  const { models, sizes, test, task, train } = experiment;
  const { own: zeroShot, others: writing } = partSettings(experiment.options, zeroShotRules);
  if (Object.keys(zeroShot).length > 0 && !models.some(takesLabels))
    throw new BifocalError(
      "invalid-input",
      "None of these models takes labels of yours: name one by its Hub id or folder.",
    );
  const { reading, session } = context;
  const trained = train === undefined ? [] : models.filter((name) => Object.hasOwn(learners, name));
  for (const name of trained) checkLearner(instrument, name, task);
  const items = train === undefined ? undefined : await collect(instrument.read(train, reading));
  const learning = trained.map((name) => workerLearner(instrument, name, task, session));
  const open = async (name: string): Promise<M> =>
    (await learning.find((learner) => learner.name === name)?.train(items ?? [])) ??
    fitting(instrument, name, await openNamed(name, session, task, takesLabels(name) ? zeroShot : {}));
  const read = instrument.read(test, reading);
  if (items === undefined || sizes.length === 0)
    return { comparison: await compareOpened(instrument, { models, writing }, read, open, context) };
  const testItems = await collect(read);
  const comparison = await compareOpened(instrument, { models, writing }, testItems, open, context);
  const evaluate: typeof instrument.evaluate = (model, own, call) =>
    instrument.evaluate(model, own, { ...call, ...writing });
  const curve = { learners: learning, train: items, test: testItems, sizes, signal: session.signal, evaluate };
  return { comparison, curve: await learningCurve(curve) };
}

/** Something that trains in a worker thread, and says so. */
function workerLearner<M extends AnyModel, Item extends TrainingItem>(
  instrument: Instrument<M, Item>,
  name: string,
  task: Task,
  session: Session,
) {
  return {
    name,
    train: async (items: readonly Item[]): Promise<M> => {
      checkMemory(learnerNamed(name), items, {});
      note(session, `Training ${name} on ${items.length} items.`);
      const job = { learner: name, items, options: { id: name, task } };
      return fitting(instrument, name, await trainModelInWorker(job, session.signal));
    },
  };
}

async function compareOpened<M extends AnyModel, Item extends TrainingItem>(
  { compare }: Instrument<M, Item>,
  { models: names, writing }: Pick<Experiment, "models"> & { readonly writing: WritingOptions },
  items: Items<Item>,
  open: (name: string) => Promise<M>,
  { onDisagreement, session }: ExperimentContext,
): Promise<Comparison> {
  const models: NamedModel<M>[] = [];
  try {
    for (const name of names) models.push({ name, model: await open(name) });
    note(session, `Comparing ${names.join(", ")}.`);
    return await compare(models, items, { ...writing, signal: session.signal, onDisagreement });
  } finally {
    await Promise.all(models.map(({ model }) => model[Symbol.asyncDispose]()));
  }
}

/** Refuses a learner that learns from other items than those that are compared, before anything is read. */
function checkLearner<M extends AnyModel, Item extends TrainingItem>(
  { reads }: Instrument<M, Item>,
  name: string,
  task: Task,
): void {
  const own = learnerNamed(name).reads;
  if (own === reads) return;
  const known = Object.keys(learners).filter((each) => learnerNamed(each).reads === reads);
  const hint = known.length === 0 ? "no learner does." : `these do: ${known.join(", ")}.`;
  throw new BifocalError("wrong-task", `${name} learns from ${own.replace("-", " ")}, not for ${task}; ${hint}`);
}

function fitting<M extends AnyModel, Item extends TrainingItem>(
  { fits }: Instrument<M, Item>,
  name: string,
  model: AnyModel,
): M {
  if (fits(model)) return model;
  const { task } = model.card;
  const why = task === "text-generation" ? "it does not say how likely a text is" : `it is for ${task}`;
  throw new BifocalError("wrong-task", `${name} cannot be compared here: ${why}.`);
}
