import { availableParallelism } from "node:os";
import {
  type LabelledText,
  type SearchOptions,
  type SearchSpace,
  searchSettings,
  type TrainingMetric,
} from "@bifocal/classical";
import { fingerprint } from "@bifocal/contracts";
import type { Chosen } from "../../src/index.js";

export type { Chosen } from "../../src/index.js";

/** Values to try of each setting that is to be chosen; of equals the first, so that the simplest comes first. */
export type Grid = Readonly<Record<string, readonly (number | boolean | string)[]>>;

const folds = 5;

/** How settings were chosen, in the words of a card. */
const foldsBy: Partial<Record<TrainingMetric, string>> = {
  accuracy: "accuracy, five-fold cross-validation within the training data",
  macroF1: "macro-F1, five-fold cross-validation within the training data",
};

/**
 * The settings of a grid that do best within the items, by five-fold cross-validation; copies of a text are in one fold.
 * Nothing but the items is looked at: given a training part, what is chosen has seen none of its test.
 */
export function chooseWithin(
  learner: string,
  items: readonly LabelledText[],
  { grid, settings, metric }: { grid: Grid; settings: Readonly<Record<string, unknown>>; metric: TrainingMetric },
): Promise<Chosen> {
  const foldOf = items.map(({ text }) => `${fingerprint(text) % folds}`);
  return choose(learner, items, grid, foldsBy[metric] ?? metric, { settings, metric, foldOf });
}

/** The settings of a grid that do best on dev items, trained on the items. */
export function chooseOn<Items extends Parameters<typeof searchSettings>[1]>(
  learner: string,
  items: Items,
  { grid, settings = {}, dev, by }: { grid: Grid; settings?: SearchOptions["settings"]; dev: Items; by: string },
): Promise<Chosen> {
  return choose(learner, items, grid, by, { settings, dev });
}

async function choose(
  learner: string,
  items: Parameters<typeof searchSettings>[1],
  among: Grid & SearchSpace,
  by: string,
  options: Omit<SearchOptions, "search">,
): Promise<Chosen> {
  const workers = availableParallelism();
  const { settings, score } = await searchSettings(learner, items, { ...options, search: among, workers });
  const chosen = Object.keys(among).map((name) => [name, settings[name]]);
  return { settings: Object.fromEntries(chosen), among, by, score };
}
