import {
  type AnyModel,
  BifocalError,
  checkOption,
  didYouMean,
  fingerprint,
  type ModelCard,
  type OptionRule,
  type Task,
} from "@bifocal/contracts";
import { averagedPerceptronLearner } from "./discriminative/averaged-perceptron.js";
import { crfKind, crfLearner, memmLearner } from "./discriminative/crf-learner.js";
import type { CrfParams } from "./discriminative/crf-params.js";
import { linearKind } from "./discriminative/linear-model.js";
import { linearSvmLearner } from "./discriminative/linear-svm.js";
import { logisticRegressionLearner } from "./discriminative/logistic-regression.js";
import { nbsvmLearner } from "./discriminative/nbsvm.js";
import { onlineLogisticRegressionLearner } from "./discriminative/online-logistic-regression.js";
import { explainerOf } from "./explain/explain.js";
import type { LinearScores } from "./explain/linear-scores.js";
import { sentenceScorerKind } from "./extractive/sentence-scorer.js";
import { sentenceScorerLogisticRegression } from "./extractive/sentence-scorer-logistic-regression.js";
import { sentenceScorerNaiveBayes } from "./extractive/sentence-scorer-naive-bayes.js";
import { bayesianNetworkKind } from "./generative/bayesian-network/text-network.js";
import { bayesianNetworkLearner } from "./generative/bayesian-network/text-network-learner.js";
import { hmmKind, hmmLearner } from "./generative/hmm-learner.js";
import { hmmUnsupervisedLearner } from "./generative/hmm-unsupervised.js";
import { naiveBayesKind } from "./generative/naive-bayes.js";
import { naiveBayesLearner } from "./generative/naive-bayes-learner.js";
import { ngramKind } from "./generative/ngram.js";
import { ngramClassifierKind } from "./generative/ngram-classifier.js";
import { ngramClassifierLearner } from "./generative/ngram-classifier-learner.js";
import { ngramLearner } from "./generative/ngram-learner.js";
import type { Learner, ModelKind, Settings, TrainingContext, TrainingItems } from "./learner.js";
import { decodeModel, type Params, type SavedModel, tooNew, tooOld } from "./model-file.js";
import { sortedSet } from "./sorted-set.js";
import { checkItem, checkItems } from "./training/check-items.js";
import { checkOptionNames } from "./training/check-options.js";
import { judgeBy } from "./training/judge.js";
import { numberList } from "./training/number-list.js";
import { type CardOptions, type TrainOptions, trainOptionNames } from "./training/train-options.js";
import { version } from "./training/version.js";
import { type Kept, watchTraining } from "./training/watch-training.js";

type Items = readonly TrainingItems[keyof TrainingItems][];

/** Every learner that can be trained, by name. */
export const learners: Readonly<Record<string, Learner>> = {
  "averaged-perceptron": averagedPerceptronLearner,
  "bayesian-network": bayesianNetworkLearner,
  crf: crfLearner,
  hmm: hmmLearner,
  "hmm-unsupervised": hmmUnsupervisedLearner,
  "linear-svm": linearSvmLearner,
  "logistic-regression": logisticRegressionLearner,
  memm: memmLearner,
  "naive-bayes": naiveBayesLearner,
  nbsvm: nbsvmLearner,
  ngram: ngramLearner,
  "ngram-classifier": ngramClassifierLearner,
  "online-logistic-regression": onlineLogisticRegressionLearner,
  "sentence-scorer-logistic-regression": sentenceScorerLogisticRegression,
  "sentence-scorer-naive-bayes": sentenceScorerNaiveBayes,
};

/** What opens the params of each kind. */
const modelKinds: Readonly<Record<string, ModelKind>> = {
  "bayesian-network": bayesianNetworkKind,
  crf: crfKind,
  hmm: hmmKind,
  linear: linearKind,
  "naive-bayes": naiveBayesKind,
  ngram: ngramKind,
  "ngram-classifier": ngramClassifierKind,
  "sentence-scorer": sentenceScorerKind,
};

/** @throws {BifocalError} `unknown-model`, with the nearest names. */
export function learnerNamed(name: string): Learner {
  const learner = Object.hasOwn(learners, name) ? learners[name] : undefined;
  if (learner !== undefined) return learner;
  throw new BifocalError("unknown-model", `There is no learner "${name}". ${didYouMean(name, Object.keys(learners))}`);
}

/**
 * Trains a learner on items of the kind that it reads: a list, or what gives one after another, of which a learner of
 * labelled texts keeps none. Nothing is kept of the texts in the model but fingerprints and features.
 * The card's `training` says what it takes to make the model again.
 * @throws {BifocalError} `unknown-model`, `unknown-option`, `wrong-task`, or `invalid-input` where the items cannot be
 * learned from; `aborted`, unless `onAbort` is "keep-best" and something was learned.
 * @example await trainModel("naive-bayes", [{ text: "good", label: "positive" }, { text: "bad", label: "negative" }], { id: "mine" })
 */
export async function trainModel(
  learnerOrName: string | Learner,
  items: Items | AsyncIterable<Items[number]>,
  options: TrainOptions,
): Promise<SavedModel> {
  checkOptionNames("trainModel", options, trainOptionNames);
  const { seed, task, settings: given = {} } = options;
  const learner = typeof learnerOrName === "string" ? learnerNamed(learnerOrName) : learnerOrName;
  const { name } = learner;
  const chosen = task ?? (learner.tasks[0] as Task);
  if (!learner.tasks.includes(chosen)) {
    throw new BifocalError("wrong-task", `${name} cannot learn ${chosen}; it learns ${learner.tasks.join(" and ")}.`);
  }
  checkTrainingOptions(options, learner.reads);
  const settings = checkSettings(learner, { ...(seed !== undefined && seedSetting(learner, seed)), ...given });
  const seen = watchItems(items, learner.reads);
  const card = cardOf(learner, chosen, options);
  const { params, ...kept } = await train(learner, seen.items, settings, card, options);
  const training = { learner: name, settings, seed: seedOf(settings, seed), version: version(), items: seen.count() };
  return { card: { ...card, training: { ...training, ...kept } }, params, trainingTexts: seen.fingerprints() };
}

const trainingRules = {
  seed: { type: "integer", min: 0, max: 2 ** 32 - 1, about: "" },
  workers: { type: "integer", min: 1, max: 1024, about: "" },
  patience: { type: "integer", min: 0, max: 1_000_000, about: "" },
} as const satisfies Record<string, OptionRule>;

/** @throws {BifocalError} `invalid-input`, before any work. */
function checkTrainingOptions(options: TrainOptions, reads: Learner["reads"]): void {
  for (const name of ["seed", "workers", "patience"] as const)
    if (options[name] !== undefined) checkOption(name, trainingRules[name], options[name]);
  if (options.dev === undefined) return;
  checkItems(options.dev, reads);
  if (options.dev.length === 0)
    throw new BifocalError("invalid-input", "dev holds no items: give some, or leave it out.");
}

/** The card of a model that the learner makes. */
export function cardOf({ paradigm, family }: Learner, task: Task, options: CardOptions): ModelCard {
  const { id, languages = [], licence = "LicenseRef-unknown", source = "trained here", trainedOn = [] } = options;
  return { id, task, paradigm, family, languages, licence, source, trainedOn };
}

function seedSetting({ settings }: Learner, seed: number): { seed?: number } {
  return Object.hasOwn(settings, "seed") ? { seed } : {};
}

/** The seed among the settings, which is the call's where nobody set it; else the call's. */
export function seedOf({ seed: own }: Settings, given = 1): number {
  return typeof own === "number" ? own : given;
}

/** Trains, and keeps the best of what was learned. */
async function train(
  learner: Learner,
  items: Items | AsyncIterable<Items[number]>,
  settings: Settings,
  card: ModelCard,
  { signal, onAbort, onProgress, workers = 1, seed, dev, metric, patience = 5 }: TrainOptions,
): Promise<Kept> {
  const open = (params: Params) => openModel({ card, params, trainingTexts: new Uint32Array() });
  const watch = watchTraining(onProgress, dev && judgeBy({ open, dev, metric, patience }));
  const context = { signal, workers, seed: seedOf(settings, seed), ...watch.context };
  try {
    return await watch.finish(await learn(learner, items, settings, context));
  } catch (error) {
    const wasAborted = error instanceof BifocalError && error.code === "aborted";
    const kept = wasAborted && onAbort === "keep-best" ? watch.rescue() : undefined;
    if (kept === undefined) throw error;
    return kept;
  }
}

async function learn(
  learner: Learner,
  items: Items | AsyncIterable<Items[number]>,
  settings: Settings,
  context: TrainingContext,
): Promise<Params> {
  if (!isStream(items)) return learner.train(items, settings, context);
  if (learner.trainOnStream !== undefined) return learner.trainOnStream(items, settings, context);
  const kept: Items[number][] = [];
  for await (const item of items) kept.push(item);
  return learner.train(kept, settings, context);
}

/**
 * The learner's settings with its defaults filled in.
 * @throws {BifocalError} `unknown-option` with the nearest names, or `invalid-input` with the range.
 */
export function checkSettings(learner: Learner, given: Readonly<Record<string, unknown>>): Settings {
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(learner.settings, name)) continue;
    throw new BifocalError(
      "unknown-option",
      `${learner.name} has no setting "${name}". ${didYouMean(name, Object.keys(learner.settings))}`,
    );
  }
  return Object.fromEntries(
    Object.entries(learner.settings).map(([name, rule]) => {
      const value = given[name] ?? rule.default;
      checkOption(name, rule, value);
      rule.check?.(value as Settings[string]);
      return [name, value as Settings[string]];
    }),
  );
}

function isStream(items: Items | AsyncIterable<Items[number]>): items is AsyncIterable<Items[number]> {
  return Symbol.asyncIterator in Object(items);
}

/** The items, checked and counted as they pass. */
function watchItems(items: Items | AsyncIterable<Items[number]>, reads: Learner["reads"]) {
  const fingerprints = numberList();
  if (!isStream(items)) {
    checkItems(items, reads);
    for (const item of items) fingerprints.add(fingerprint(textOfItem(item)));
    return { items, count: () => items.length, fingerprints: fingerprints.distinct };
  }
  let count = 0;
  async function* watched(stream: AsyncIterable<Items[number]>) {
    for await (const item of stream) {
      checkItem(item, count++, reads);
      fingerprints.add(fingerprint(textOfItem(item)));
      yield item;
    }
  }
  return { items: watched(items), count: () => count, fingerprints: fingerprints.distinct };
}

/** The text of an item as models remember it: tokens count as if written apart. */
export function textOfItem(item: TrainingItems[keyof TrainingItems]): string {
  return "text" in item ? item.text : item.tokens.join(" ");
}

/** The model that a saved one is a function of. @throws {BifocalError} `model-damaged` or `model-too-new`. */
export function openModel({ card, params, trainingTexts }: SavedModel, name = card.id): AnyModel {
  const kind = modelKindOf(params, name);
  const model = kind.open(params, { card, trainingTexts: sortedSet(trainingTexts) });
  const scores = kind.linearScores?.(params);
  return scores !== undefined && "classify" in model ? { ...model, ...explainerOf(model, scores) } : model;
}

/**
 * A saved classifier as a linear function of a text's row; `undefined` where it is none.
 * @throws {BifocalError} `model-damaged` or `model-too-new`.
 */
export function linearScoresOf({ card, params }: SavedModel): LinearScores | undefined {
  return modelKindOf(params, card.id).linearScores?.(params)?.();
}

/** A saved chain of tags, as what scores them; `undefined` where it is none. @throws {BifocalError} `model-too-new`. */
export function chainParamsOf({ card, params }: SavedModel): CrfParams | undefined {
  return modelKindOf(params, card.id).chainParams?.(params);
}

/**
 * What opens, explains and prunes the params.
 * @throws {BifocalError} `model-too-new` for a kind that is unknown here, `model-damaged` for a version no longer read.
 */
export function modelKindOf(params: Params, name: string): ModelKind {
  const kind = Object.hasOwn(modelKinds, params.kind) ? modelKinds[params.kind] : undefined;
  const what = `a model of kind "${params.kind}", version ${params.version},`;
  if (kind === undefined || params.version > kind.version) throw tooNew(name, what);
  if (params.version < (kind.oldest ?? 1)) throw tooOld(name, what);
  return kind;
}

/** Opens the bytes of a model file. @throws {BifocalError} `model-damaged` or `model-too-new`. */
export function openModelFile(file: Uint8Array, name?: string): AnyModel {
  return { ...openModel(decodeModel(file, name), name), bytes: file.length };
}
