import type { EncodeOptions, SavedModel } from "@bifocal/classical";

/** A figure, as measured; `command` gives it again. */
export interface Measurement {
  /** What was measured: "accuracy", "macro-F1", "exact-match F1", "perplexity". */
  readonly metric: string;
  /** Fractions from 0 to 1 for accuracies and F1. */
  readonly value: number;
  /** 95 % interval, where one is known. */
  readonly interval?: readonly [number, number];
  /** On what: "rt-polarity, ten folds as given, two labels". */
  readonly on: string;
  readonly items: number;
  /** What the measured model was trained on, and what was left out so that it saw no test text. */
  readonly trainedOn: string;
}

/** What a recipe makes: a model to ship, and all that its card says. */
export interface Built {
  readonly model: SavedModel;
  readonly encode?: EncodeOptions;
  readonly measured: readonly Measurement[];
  /** One paragraph for people. */
  readonly about: string;
  /** What it cannot do, a sentence each. */
  readonly limits: readonly string[];
  /** Texts to show with the model's real answers. */
  readonly examples: readonly string[];
}

/** How a shipped model is made: one file a family in `recipes/`, one line in `recipes/index.ts`. */
export interface Recipe {
  readonly id: string;
  /** Names of the folders it reads below the data folder; their licences are in `data-sets.ts`. */
  readonly dataSets: readonly string[];
  build(dataFolder: string): Promise<Built>;
}
