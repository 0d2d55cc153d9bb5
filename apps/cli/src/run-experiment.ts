import { type LabelledOptions, readLabelledTexts, readTaggedSentences } from "@bifocal/corpus";
import {
  type CompareOptions,
  type Comparison,
  compareClassifiers,
  compareTaggers,
  type Disagreement,
  type EvaluateOptions,
  type Evaluation,
  evaluateClassifier,
  evaluateTagger,
  type Items,
  type LearningCurve,
  learningCurve,
  type NamedModel,
} from "@bifocal/evaluation";
import {
  type AnyModel,
  BifocalError,
  type Classifier,
  checkMemory,
  contractOf,
  type LabelledText,
  learnerNamed,
  learners,
  type TaggedSentence,
  type Tagger,
  type Task,
} from "bifocal";
import { collect } from "./batches.js";
import type { Experiment } from "./experiment.js";
import { openNamed } from "./open-named.js";
import { note, type Session } from "./session.js";
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

/** What is done with the models of a contract. */
interface Instrument<M extends Classifier | Tagger, Item extends LabelledText | TaggedSentence> {
  readonly fits: (model: AnyModel) => model is AnyModel & M;
  readonly read: (path: string, options: LabelledOptions) => AsyncIterable<Item>;
  readonly compare: (
    models: readonly NamedModel<M>[],
    items: Items<Item>,
    options: CompareOptions<Item>,
  ) => Promise<Comparison>;
  readonly evaluate: (model: M, items: readonly Item[], options: EvaluateOptions) => Promise<Evaluation>;
}

const classifying: Instrument<Classifier, LabelledText> = {
  fits: (model): model is Classifier => "classify" in model,
  read: readLabelledTexts,
  compare: compareClassifiers,
  evaluate: evaluateClassifier,
};

const tagging: Instrument<Tagger, TaggedSentence> = {
  fits: (model): model is Tagger => "tag" in model,
  read: readTaggedSentences,
  compare: compareTaggers,
  evaluate: evaluateTagger,
};

/**
 * Compares the models on the test items, and learners at each size where there are sizes.
 * @throws {BifocalError} as reading, training and comparing do; `unsupported` for a task whose models write.
 */
export function runExperiment(experiment: Experiment, context: ExperimentContext): Promise<ExperimentResult> {
  const contract = contractOf[experiment.task];
  if (contract === "text-generator") throw cannotCompare(experiment.task);
  return contract === "tagger" ? runWith(tagging, experiment, context) : runWith(classifying, experiment, context);
}

function cannotCompare(task: Task): BifocalError {
  return new BifocalError(
    "unsupported",
    `${task} has no items that are right or wrong, by which models are compared. Score each: bifocal evaluate.`,
  );
}

async function runWith<M extends Classifier | Tagger, Item extends LabelledText | TaggedSentence>(
  instrument: Instrument<M, Item>,
  experiment: Experiment,
  context: ExperimentContext,
): Promise<ExperimentResult> {
  const { models, sizes, test, task, train } = experiment;
  const { reading, session } = context;
  const items = train === undefined ? undefined : await collect(instrument.read(train, reading));
  const trained = models.filter((name) => items !== undefined && Object.hasOwn(learners, name));
  const learning = trained.map((name) => workerLearner(instrument, name, task, session));
  const open = async (name: string): Promise<M> =>
    (await learning.find((learner) => learner.name === name)?.train(items ?? [])) ??
    fitting(instrument, name, await openNamed(name, session, task));
  const read = instrument.read(test, reading);
  if (items === undefined || sizes.length === 0)
    return { comparison: await compareOpened(instrument, models, read, open, context) };
  const testItems = await collect(read);
  const comparison = await compareOpened(instrument, models, testItems, open, context);
  const curveOptions = { learners: learning, train: items, test: testItems, sizes, signal: session.signal };
  return { comparison, curve: await learningCurve({ ...curveOptions, evaluate: instrument.evaluate }) };
}

/** Something that trains in a worker thread, and says so. */
function workerLearner<M extends Classifier | Tagger, Item extends LabelledText | TaggedSentence>(
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

async function compareOpened<M extends Classifier | Tagger, Item extends LabelledText | TaggedSentence>(
  { compare }: Instrument<M, Item>,
  names: readonly string[],
  items: Items<Item>,
  open: (name: string) => Promise<M>,
  { onDisagreement, session }: ExperimentContext,
): Promise<Comparison> {
  const models: NamedModel<M>[] = [];
  try {
    for (const name of names) models.push({ name, model: await open(name) });
    note(session, `Comparing ${names.join(", ")}.`);
    return await compare(models, items, { signal: session.signal, onDisagreement });
  } finally {
    await Promise.all(models.map(({ model }) => model[Symbol.asyncDispose]()));
  }
}

function fitting<M extends Classifier | Tagger, Item extends LabelledText | TaggedSentence>(
  { fits }: Instrument<M, Item>,
  name: string,
  model: AnyModel,
): M {
  if (fits(model)) return model;
  throw new BifocalError("wrong-task", `${name} cannot be compared here: it is for ${model.card.task}.`);
}
