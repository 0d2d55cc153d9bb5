import { BifocalError } from "@bifocal/contracts";
import type { TrainingItems } from "../learner.js";
import { learnerNamed } from "../learners.js";
import { checkItems } from "./check-items.js";
import { checkOptionNames } from "./check-options.js";
import { type FoldOptions, type FoldResult, foldsOf, scoresOfFolds, trialsOptionNames } from "./cross-validate.js";
import { checkMetric, scoreOf } from "./judge.js";
import { defaultMetrics, gainOf, type TrainingMetric } from "./metrics.js";
import { nothingDone, runTrials, type TrialsOptions } from "./run-trials.js";
import { type Candidate, candidatesOf, type SearchSpace } from "./search-space.js";
import type { TrainingOptions } from "./train-options.js";
import { type Failure, failureOf, type Trial, type TrialData, type TrialOutcome } from "./trial.js";

type Items = readonly TrainingItems[keyof TrainingItems][];

/** What a search tries, and how it scores what it tries. */
export interface SearchOptions
  extends FoldOptions,
    TrialsOptions,
    Pick<TrainingOptions, "settings" | "dev" | "patience"> {
  readonly search: SearchSpace;
  /** Draw so many settings at random; without it every combination is tried. */
  readonly trials?: number;
  /** Default: accuracy of labels, F1 of entities, bits per byte of texts. */
  readonly metric?: TrainingMetric;
}

/** What some settings came to: a score, or why there is none. */
export type SearchTrial = { readonly settings: Candidate } & (
  | { readonly score: number; readonly deviation?: number; readonly folds?: readonly FoldResult[] }
  | { readonly failure: Failure }
);

/** What a search came to: its trials, and the settings that won. */
export interface Search {
  readonly learner: string;
  readonly metric: TrainingMetric;
  readonly seed: number;
  /** The settings that scored best, the first of them where several did; with those that were not searched, as given. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly score: number;
  /** In the order in which they were tried. */
  readonly trials: readonly SearchTrial[];
  /** Where it was aborted: `trials` are those that were done. */
  readonly ended?: "aborted";
}

/**
 * Tries settings of a learner, scored on `dev` items where there are some, else by cross-validation. Every training has
 * the same folds and the same seed; the result is the same for any number of workers.
 * @throws {BifocalError} as `trainModel`; what the first trial failed with, where all failed; `aborted`, unless `onAbort`
 * is "keep-best" and a trial was done, all its folds.
 * @example
 * const { settings } = await searchSettings("logistic-regression", items, { search: { l2: { from: 1e-6, to: 1e-2 } }, trials: 20 });
 * const model = await trainModel("logistic-regression", items, { id: "mine", settings });
 */
export async function searchSettings(name: string, items: Items, options: SearchOptions): Promise<Search> {
  checkOptionNames("searchSettings", options, {
    ...trialsOptionNames,
    ...{ search: true, trials: true, settings: true, dev: true, patience: true, metric: true },
  });
  const { search, seed = 1, dev, settings = {} } = options;
  const learner = learnerNamed(name);
  const metric = checkMetric(options.metric ?? defaultMetrics[learner.reads], learner.reads);
  checkItems(items, learner.reads);
  const candidates = candidatesOf(search, learner, { trials: options.trials, seed });
  const { names, foldOf } = dev === undefined ? foldsOf(items, options, seed) : { names: [], foldOf: [] };
  const folds = dev === undefined ? names.map((_, fold) => ({ fold })) : [{}];
  const data: TrialData = {
    learner: name,
    items,
    foldOf,
    dev,
    seed,
    metric: options.metric,
    patience: options.patience,
  };
  const runs = candidates.flatMap((each) =>
    folds.map((fold): Trial => ({ settings: { ...settings, ...each }, ...fold })),
  );
  const outcomes = await runTrials(data, runs, options);
  const trials = candidates.flatMap((candidate, i): SearchTrial[] => {
    const own = outcomes.slice(i * folds.length, (i + 1) * folds.length);
    return own.every(isDone) ? [{ settings: candidate, ...trialOf(own, names, foldOf, metric) }] : [];
  });
  const ended = outcomes.every(isDone) ? {} : ({ ended: "aborted" } as const);
  return { learner: name, metric, seed, ...bestOf(trials, metric, settings), trials, ...ended };
}

function isDone(outcome: TrialOutcome | undefined): outcome is TrialOutcome {
  return outcome !== undefined;
}

function trialOf(
  outcomes: readonly TrialOutcome[],
  names: readonly string[],
  foldOf: readonly number[],
  metric: TrainingMetric,
) {
  try {
    if (names.length === 0) return { score: scoreOnDev(outcomes[0], metric) };
    const { mean, deviation, folds } = scoresOfFolds(names, foldOf, outcomes, metric);
    return { score: mean, deviation, folds };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

function scoreOnDev(outcome: TrialOutcome, metric: TrainingMetric): number {
  if ("scores" in outcome) return scoreOf(outcome.scores, metric);
  throw new BifocalError(outcome.failure.code, outcome.failure.message);
}

function bestOf(trials: readonly SearchTrial[], metric: TrainingMetric, given: SearchOptions["settings"]) {
  let best: { readonly settings: Readonly<Record<string, unknown>>; readonly score: number } | undefined;
  for (const trial of trials) {
    if ("failure" in trial) continue;
    if (best !== undefined && gainOf(metric, trial.score) <= gainOf(metric, best.score)) continue;
    best = { settings: { ...given, ...trial.settings }, score: trial.score };
  }
  if (best !== undefined) return best;
  const [first] = trials;
  if (first !== undefined && "failure" in first) throw new BifocalError(first.failure.code, first.failure.message);
  throw nothingDone();
}
