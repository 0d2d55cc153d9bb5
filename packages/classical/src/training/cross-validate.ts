import { BifocalError } from "@bifocal/contracts";
import type { Settings, TrainingItems } from "../learner.js";
import { checkSettings, learnerNamed } from "../learners.js";
import { checkItems } from "./check-items.js";
import { checkOptionNames } from "./check-options.js";
import { drawFolds, numberFolds } from "./folds.js";
import { checkMetric, scoreOf } from "./judge.js";
import { defaultMetrics, type Scores, type TrainingMetric } from "./metrics.js";
import { nothingDone, runTrials, type TrialsOptions } from "./run-trials.js";
import type { TrainingOptions } from "./train-options.js";
import type { Failure, TrialData, TrialOutcome } from "./trial.js";

type Items = readonly TrainingItems[keyof TrainingItems][];

/** How items are parted into folds. */
export interface FoldOptions {
  /** How many; default 5. Drawn by the seed, stratified by label. */
  readonly folds?: number;
  /** Folds that came with the data instead: for each item the name of the one that it is tested in. */
  readonly foldOf?: readonly string[];
}

/** The names of what folds and their trainings are told. */
export const trialsOptionNames = {
  folds: true,
  foldOf: true,
  signal: true,
  seed: true,
  workers: true,
  onAbort: true,
  onTrial: true,
} as const satisfies Record<keyof FoldOptions | keyof TrialsOptions, true>;

/** How a learner is cross-validated. */
export interface CrossValidateOptions extends FoldOptions, TrialsOptions, Pick<TrainingOptions, "settings"> {
  /** Default: accuracy of labels, F1 of entities, bits per byte of texts. */
  readonly metric?: TrainingMetric;
}

/** How a learner did on one fold, trained on the others. */
export interface FoldResult {
  readonly fold: string;
  /** How many items it was tested on. */
  readonly items: number;
  readonly score: number;
  readonly scores: Scores;
}

/** A metric over folds. */
export interface FoldScores {
  readonly mean: number;
  /** Of the folds' scores, with folds - 1 below the sum. */
  readonly deviation: number;
  readonly folds: readonly FoldResult[];
}

/** What a cross-validation came to. */
export interface CrossValidation extends FoldScores {
  readonly learner: string;
  /** Every setting, with its value. */
  readonly settings: Settings;
  readonly metric: TrainingMetric;
  readonly seed: number;
  /** Where it was aborted: `folds` are those that were done, two or more. */
  readonly ended?: "aborted";
}

/**
 * Trains a learner once a fold on the other folds, and tests it there. The result is the same for any number of workers.
 * @throws {BifocalError} as `trainModel`; `invalid-input` for folds that cannot be; `aborted`, unless `onAbort` is
 * "keep-best" and two folds were done.
 * @example const { mean, deviation } = await crossValidate("naive-bayes", items, { folds: 10, metric: "macroF1" });
 */
export async function crossValidate(
  name: string,
  items: Items,
  options: CrossValidateOptions = {},
): Promise<CrossValidation> {
  checkOptionNames("crossValidate", options, { ...trialsOptionNames, settings: true, metric: true });
  const { seed = 1 } = options;
  const learner = learnerNamed(name);
  const settings = checkSettings(learner, options.settings ?? {});
  checkItems(items, learner.reads);
  const metric = checkMetric(options.metric ?? defaultMetrics[learner.reads], learner.reads);
  const { names, foldOf } = foldsOf(items, options, seed);
  const data: TrialData = { learner: name, items, foldOf, seed };
  const trials = names.map((_, fold) => ({ settings: options.settings ?? {}, fold }));
  const outcomes = await runTrials(data, trials, options);
  const ended = outcomes.includes(undefined) ? ({ ended: "aborted" } as const) : {};
  return { learner: name, settings, metric, seed, ...scoresOfFolds(names, foldOf, outcomes, metric), ...ended };
}

/** The folds' names, and the number of each item's. */
export function foldsOf(items: Items, { folds = 5, foldOf }: FoldOptions, seed: number) {
  if (foldOf !== undefined) return numberFolds(foldOf, items);
  const drawn = drawFolds(items, folds, seed);
  return { names: Array.from({ length: folds }, (_, fold) => `${fold + 1}`), foldOf: drawn };
}

function failedFold(name: string, { code, message }: Failure): BifocalError {
  return new BifocalError(code, `Trained on all folds but ${name}: ${message}`);
}

/** @throws {BifocalError} what the first fold that failed failed with; `aborted` where fewer than two were done. */
export function scoresOfFolds(
  names: readonly string[],
  foldOf: readonly number[],
  outcomes: readonly (TrialOutcome | undefined)[],
  metric: TrainingMetric,
): FoldScores {
  const folds = outcomes.flatMap((outcome, number): FoldResult[] => {
    if (outcome === undefined) return [];
    if ("failure" in outcome) throw failedFold(names[number], outcome.failure);
    const { scores } = outcome;
    const items = foldOf.filter((each) => each === number).length;
    return [{ fold: names[number], items, score: scoreOf(scores, metric), scores }];
  });
  if (folds.length < 2) throw nothingDone();
  const mean = folds.reduce((sum, { score }) => sum + score, 0) / folds.length;
  const squares = folds.reduce((sum, { score }) => sum + (score - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (folds.length - 1)), folds };
}
