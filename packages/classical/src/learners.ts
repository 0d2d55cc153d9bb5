import {
  type AnyModel,
  BifocalError,
  checkOption,
  didYouMean,
  fingerprint,
  type ModelCard,
  type Task,
} from "@bifocal/contracts";
import { crfKind, crfLearner } from "./discriminative/crf-learner.js";
import { logisticRegressionKind, logisticRegressionLearner } from "./discriminative/logistic-regression.js";
import { naiveBayesKind, naiveBayesLearner } from "./generative/naive-bayes.js";
import { ngramKind } from "./generative/ngram.js";
import { ngramLearner } from "./generative/ngram-learner.js";
import type { Learner, ModelKind, Settings, TrainingContext, TrainingItems } from "./learner.js";
import { decodeModel, type SavedModel, tooNew } from "./model-file.js";

/** Every learner that can be trained, by name. */
export const learners: Readonly<Record<string, Learner>> = {
  crf: crfLearner,
  "logistic-regression": logisticRegressionLearner,
  "naive-bayes": naiveBayesLearner,
  ngram: ngramLearner,
};

/** What opens the params of each kind. */
const modelKinds: Readonly<Record<string, ModelKind>> = {
  crf: crfKind,
  "logistic-regression": logisticRegressionKind,
  "naive-bayes": naiveBayesKind,
  ngram: ngramKind,
};

export interface TrainOptions extends TrainingContext {
  /** Id that the model goes by. */
  readonly id: string;
  readonly task?: Task;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly languages?: readonly string[];
  readonly licence?: string;
  readonly source?: string;
  /** Names of the data sets that the items are from. */
  readonly trainedOn?: readonly string[];
}

/** @throws {BifocalError} `unknown-model`, with the nearest names. */
export function learnerNamed(name: string): Learner {
  const learner = Object.hasOwn(learners, name) ? learners[name] : undefined;
  if (learner !== undefined) return learner;
  throw new BifocalError("unknown-model", `There is no learner "${name}". ${didYouMean(name, Object.keys(learners))}`);
}

/**
 * Trains a learner on items of the kind that it reads. Nothing is kept of the texts but fingerprints and features.
 * @throws {BifocalError} `unknown-model`, `unknown-option`, `wrong-task`, or `invalid-input` where the items cannot be learned from; `aborted`.
 * @example await trainModel("naive-bayes", [{ text: "good", label: "positive" }, { text: "bad", label: "negative" }], { id: "mine" })
 */
export async function trainModel(
  name: string,
  items: readonly TrainingItems[keyof TrainingItems][],
  {
    id,
    task,
    settings = {},
    languages = [],
    licence = "LicenseRef-unknown",
    source = "trained here",
    trainedOn = [],
    ...context
  }: TrainOptions,
): Promise<SavedModel> {
  const learner = learnerNamed(name);
  const chosen = task ?? (learner.tasks[0] as Task);
  if (!learner.tasks.includes(chosen)) {
    throw new BifocalError("wrong-task", `${name} cannot learn ${chosen}; it learns ${learner.tasks.join(" and ")}.`);
  }
  const params = await learner.train(items, checkSettings(learner, settings), context);
  const card: ModelCard = {
    id,
    task: chosen,
    paradigm: learner.paradigm,
    family: learner.family,
    languages,
    licence,
    source,
    trainedOn,
  };
  return { card, params, trainingTexts: fingerprintsOf(items) };
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
      return [name, value as Settings[string]];
    }),
  );
}

/** The text of an item as models remember it: tokens count as if written apart. */
export function textOfItem(item: TrainingItems[keyof TrainingItems]): string {
  return "text" in item ? item.text : item.tokens.join(" ");
}

function fingerprintsOf(items: readonly TrainingItems[keyof TrainingItems][]): Uint32Array {
  return Uint32Array.from(new Set(items.map((item) => fingerprint(textOfItem(item))))).sort();
}

/** The model that a saved one is a function of. @throws {BifocalError} `model-damaged` or `model-too-new`. */
export function openModel({ card, params, trainingTexts }: SavedModel, name = card.id): AnyModel {
  const kind = Object.hasOwn(modelKinds, params.kind) ? modelKinds[params.kind] : undefined;
  if (kind === undefined || params.version > kind.version)
    throw tooNew(name, `a model of kind "${params.kind}", version ${params.version},`);
  return kind.open(params, { card, trainingTexts: new Set(trainingTexts) });
}

/** Opens the bytes of a model file. @throws {BifocalError} `model-damaged` or `model-too-new`. */
export function openModelFile(file: Uint8Array, name?: string): AnyModel {
  return openModel(decodeModel(file, name), name);
}
