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
  contractOf,
  type LabelledText,
  learners,
  type TaggedSentence,
  type Tagger,
} from "bifocal";
import { collect } from "./batches.js";
import type { Experiment } from "./experiment.js";
import { openNamed } from "./open-named.js";
import { cannotScore } from "./score-model.js";
import { trainModelInWorker } from "./train-in-worker.js";

export interface ExperimentContext {
  readonly reading: LabelledOptions;
  readonly signal: AbortSignal;
  /** Called with each test item on which the models disagree. */
  readonly onDisagreement: (disagreement: Disagreement<object>) => Promise<void>;
  /** Called with what is being done. */
  readonly onStage: (stage: string) => void;
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
  if (contract === "text-generator") throw cannotScore(experiment.task);
  return contract === "tagger" ? runWith(tagging, experiment, context) : runWith(classifying, experiment, context);
}

async function runWith<M extends Classifier | Tagger, Item extends LabelledText | TaggedSentence>(
  instrument: Instrument<M, Item>,
  experiment: Experiment,
  context: ExperimentContext,
): Promise<ExperimentResult> {
  const items = experiment.train && (await collect(instrument.read(experiment.train, context.reading)));
  const learning = items ? experiment.models.filter((name) => Object.hasOwn(learners, name)) : [];
  const makers = learning.map((name) => ({ name, train: (some: readonly Item[]) => learn(name, some) }));
  const learn = async (name: string, some: readonly Item[]): Promise<M> => {
    context.onStage(`Training ${name} on ${some.length} items.`);
    const job = { learner: name, items: some, options: { id: name, task: experiment.task } };
    return fitting(instrument, name, await trainModelInWorker(job, context.signal));
  };
  const open = async (name: string): Promise<M> =>
    items && learning.includes(name)
      ? learn(name, items)
      : fitting(instrument, name, await openNamed(name, experiment.task));
  const comparison = await compareOpened(instrument, experiment, open, context);
  if (!items || experiment.sizes.length === 0) return { comparison };
  const test = await collect(instrument.read(experiment.test, context.reading));
  const { evaluate } = instrument;
  const { sizes } = experiment;
  const curve = await learningCurve({ learners: makers, train: items, test, sizes, evaluate, signal: context.signal });
  return { comparison, curve };
}

async function compareOpened<M extends Classifier | Tagger, Item extends LabelledText | TaggedSentence>(
  { compare, read }: Instrument<M, Item>,
  { models: names, test }: Experiment,
  open: (name: string) => Promise<M>,
  { onStage, onDisagreement, reading, signal }: ExperimentContext,
): Promise<Comparison> {
  const models: NamedModel<M>[] = [];
  try {
    for (const name of names) models.push({ name, model: await open(name) });
    onStage(`Comparing ${names.join(", ")}.`);
    return await compare(models, read(test, reading), { signal, onDisagreement });
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
