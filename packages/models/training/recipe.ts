import type { EncodeOptions, SavedModel } from "@bifocal/classical";
import type { ModelCard } from "@bifocal/contracts";
import type { Chosen, Figure, Tried } from "../src/index.js";

/** A figure of a card. */
export type Measurement = Figure;

/** All that a card says of a model beside what it is. */
interface Told {
  readonly measured: readonly Measurement[];
  /** How its settings were chosen; those of the measured models were chosen the same way, each on its training part. */
  readonly chosen: Chosen;
  /** What was tried in its place, and is not shipped. */
  readonly tried?: Tried;
  /** One paragraph for people. */
  readonly about: string;
  /** What it cannot do, a sentence each. */
  readonly limits: readonly string[];
}

/** What a recipe makes: a model to ship, and all that its card says. */
export interface Built extends Told {
  readonly model: SavedModel;
  readonly encode?: EncodeOptions;
  /** Texts to show with the model's real answers. */
  readonly examples: readonly string[];
}

/** What a recipe of a network makes: files in the Hub's layout. */
export interface BuiltFolder extends Told {
  readonly card: Omit<ModelCard, "licence" | "source">;
  /** Where the files were made. */
  readonly folder: string;
  /** Those to ship, by their paths in the folder. */
  readonly files: readonly string[];
  /** The command that trains, where it takes hours and is not a part of the recipe. */
  readonly trainedBy: string;
  /** Texts, and what the model really answered. */
  readonly answers: readonly (readonly [string, string])[];
}

/** How a shipped model is made: one file a family in `recipes/`, one line in `recipes/index.ts`. */
export interface Recipe {
  readonly id: string;
  /** Names of the folders it reads below the data folder; their licences are in `data-sets.ts`. */
  readonly dataSets: readonly string[];
  /** Lists that its model looks up without learning from them, by their names in `data-sets.ts`. */
  readonly looksUp?: readonly string[];
  build(dataFolder: string): Promise<Built | BuiltFolder>;
}
