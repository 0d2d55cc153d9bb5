import { BifocalError } from "@bifocal/contracts";
import { featureNamer } from "../features/token-feature-names.js";
import type { Learner, ModelKind, Setting, Settings, TaggedSentence, TrainingContext } from "../learner.js";
import { tagsOfSentences } from "../tagged-items.js";
import { crf } from "./crf.js";
import type { Normalization } from "./crf-blocks.js";
import { chooseOnHeldOut } from "./crf-choose.js";
import { type Examples, encodeExamples } from "./crf-examples.js";
import { learnReading, type Reading, readingSettings } from "./crf-knowledge.js";
import { type LikelihoodIteration, trainLikelihood, trainStochastically } from "./crf-likelihood.js";
import { type CrfParams, type CrfWeights, largerThan, mostTags } from "./crf-params.js";
import { nameStrongest } from "./crf-strongest.js";
import { trainPerceptron } from "./crf-train.js";
import { linearSettings } from "./linear-settings.js";

const weightSettings = {
  smallestWeight: { type: "number", min: 0, max: 1000, default: 0, about: "leave out weights that are no larger" },
} as const satisfies Record<string, Setting>;

const { l2, l1, tolerance } = linearSettings;

const likelihoodSettings = {
  l2,
  l1,
  iterations: {
    type: "integer",
    min: 1,
    max: 100_000,
    default: 200,
    about: "steps of L-BFGS, or passes of sgd, at most",
  },
  tolerance,
} as const satisfies Record<string, Setting>;

const algorithms = ["perceptron", "lbfgs", "sgd"] as const;
type Algorithm = (typeof algorithms)[number];

/** The settings that not every algorithm reads, and which do. */
const readBy: Readonly<Record<string, readonly Algorithm[]>> = {
  epochs: ["perceptron"],
  heldOut: ["perceptron"],
  l2: ["lbfgs", "sgd"],
  iterations: ["lbfgs", "sgd"],
  l1: ["lbfgs"],
  tolerance: ["lbfgs"],
};

/** @throws {BifocalError} `invalid-input` where a setting was changed that the algorithm does not read. */
function refuseUnread({ algorithm, ...settings }: Settings): void {
  for (const [name, algorithms] of Object.entries(readBy))
    if (!algorithms.includes(algorithm as Algorithm) && settings[name] !== crfLearner.settings[name].default)
      throw new BifocalError(
        "invalid-input",
        `The algorithm ${algorithm} does not read ${name}: leave it out, or set algorithm=${algorithms[0]}.`,
      );
}

/**
 * Learns a linear-chain tagger, by the likelihood of its tags (L-BFGS, OWL-QN with l1, or stochastic gradients) or by
 * the averaged structured perceptron, of which sentences held out choose the number of epochs and the temperature; see
 * `crf` for what it answers.
 */
export const crfLearner: Learner<"tagged-sentences"> = {
  name: "crf",
  family: "linear-chain conditional random field",
  paradigm: "discriminative",
  tasks: ["ner"],
  reads: "tagged-sentences",
  settings: {
    algorithm: {
      type: "string",
      choices: algorithms,
      default: "perceptron",
      about: "the averaged perceptron, or the likelihood by lbfgs or sgd",
    },
    epochs: {
      type: "integer",
      min: 1,
      max: 1000,
      default: 12,
      about: "passes of the perceptron at most: so many to choose how many, then as many as are best",
    },
    seed: { type: "integer", min: 0, max: 2 ** 32 - 1, default: 1, about: "same seed, same model" },
    heldOut: { type: "number", min: 0, max: 0.5, default: 0.1, about: "share of sentences that choose the epochs" },
    ...likelihoodSettings,
    ...readingSettings,
    ...weightSettings,
  },
  bytesPerWeight: ({ algorithm }) =>
    ({ perceptron: 24, lbfgs: likelihoodBytesPerWeight, sgd: 40 })[algorithm as Algorithm],
  train(items: readonly TaggedSentence[], settings, context): Promise<CrfParams> {
    refuseUnread(settings);
    const plan = readItems(items, settings, context, "global");
    const trainers = { perceptron: byPerceptron, lbfgs: byLikelihood, sgd: byStochasticGradients } as const;
    return trainers[settings.algorithm as Algorithm](plan, settings, context);
  },
};

/** Of L-BFGS, numbers of 8 bytes: six steps, of which each tells two, four points and gradients, and a gradient a block. */
const likelihoodBytesPerWeight = 190;

/** Learns a maximum-entropy Markov model: each tag by itself, given the one before (see `memmGradient`). */
export const memmLearner: Learner<"tagged-sentences"> = {
  name: "memm",
  family: "maximum-entropy Markov model",
  paradigm: "discriminative",
  tasks: ["ner"],
  reads: "tagged-sentences",
  settings: { ...likelihoodSettings, ...readingSettings, ...weightSettings },
  bytesPerWeight: () => likelihoodBytesPerWeight,
  train: (items: readonly TaggedSentence[], settings, context) =>
    byLikelihood(readItems(items, settings, context, "local"), settings, context),
};

/** What is learned from, and how weights become params. */
interface Plan extends Examples, Reading {
  readonly tags: readonly string[];
  readonly normalization: Normalization;
  readonly paramsOf: (learned: CrfWeights, temperature: number) => CrfParams;
}

function readItems(
  items: readonly TaggedSentence[],
  settings: Settings,
  { signal }: TrainingContext,
  normalization: Normalization,
): Plan {
  // Where tags score alike the first is guessed: no entity.
  const tags = tagsOfSentences(items, mostTags).sort((a, b) => Number(b === "O") - Number(a === "O"));
  const reading = learnReading(items, settings, { signal });
  const encoded = encodeExamples(items, tags, { ...reading, minimumCount: settings.minimumCount as number, signal });
  const nameOf = featureNamer(reading.templates, reading.known);
  const paramsOf = (learned: CrfWeights, temperature: number): CrfParams => {
    const params: CrfParams = {
      kind: "crf",
      version: 2,
      normalization,
      tags,
      templates: reading.templates,
      ...reading.known,
      ...largerThan(settings.smallestWeight as number, encoded.features, learned),
      transitions: learned.transitions,
      temperature,
    };
    return { ...params, ...nameStrongest(params, items, encoded, nameOf) };
  };
  return { ...reading, ...encoded, tags, normalization, paramsOf };
}

/** Tells of an iteration of a training by likelihood, whose scores are logarithms as they are. */
function hears(
  { paramsOf }: Plan,
  iterations: number,
  afterIteration: TrainingContext["afterIteration"],
): (iteration: LikelihoodIteration) => Promise<boolean> {
  return async ({ iteration, objective, learned }) =>
    (await afterIteration?.({
      ...{ iteration, iterations },
      objective: () => objective,
      learned: () => paramsOf(learned(), 1),
    })) ?? false;
}

async function byLikelihood(
  plan: Plan,
  settings: Settings,
  { signal, workers, afterIteration }: TrainingContext,
): Promise<CrfParams> {
  const { examples, features, tags, normalization, paramsOf } = plan;
  const { l1, l2, iterations, tolerance } = settings as Record<keyof typeof likelihoodSettings, number>;
  const learned = await trainLikelihood(examples, features.length, tags.length, {
    ...{ normalization, l1, l2, iterations, tolerance, signal, workers },
    onIteration: hears(plan, iterations, afterIteration),
  });
  return paramsOf(learned, 1);
}

async function byStochasticGradients(
  plan: Plan,
  settings: Settings,
  { signal, afterIteration }: TrainingContext,
): Promise<CrfParams> {
  const { examples, features, tags, paramsOf } = plan;
  const { l2, iterations, seed } = settings as { l2: number; iterations: number; seed: number };
  const learned = await trainStochastically(examples, features.length, tags.length, {
    ...{ l2, iterations, seed, signal },
    onIteration: hears(plan, iterations, afterIteration),
  });
  return paramsOf(learned, 1);
}

async function byPerceptron(
  { examples, features, tags, paramsOf }: Plan,
  settings: Settings,
  { signal, afterIteration }: TrainingContext,
): Promise<CrfParams> {
  const [most, seed] = [settings.epochs as number, settings.seed as number];
  const tell = async (iteration: number, errorRate: number, learned: () => CrfParams, provisional: boolean) =>
    (await afterIteration?.({
      ...{ iteration, iterations: 2 * most, learned, provisional },
      objective: () => errorRate,
    })) ?? false;
  const common = { seed, signal };
  const { epochs, temperature } = await chooseOnHeldOut(examples, tags, features.length, {
    ...common,
    epochs: most,
    heldOut: settings.heldOut as number,
    onEpoch: ({ epoch, errorRate, average }) => tell(epoch, errorRate, () => paramsOf(average(), 1), true),
  });
  const learned = await trainPerceptron(examples, tags, features.length, {
    ...common,
    epochs,
    onEpoch: ({ epoch, errorRate, average }) =>
      tell(most + epoch, errorRate, () => paramsOf(average(), temperature), false),
  });
  return paramsOf(learned, temperature);
}

export const crfKind: ModelKind<CrfParams> = { version: 2, open: crf, chainParams: (params) => params };
