import type { ContractName, Model, Paradigm } from "@bifocal/contracts";
import type { Answer } from "./protocol.js";
import type { Interval } from "./statistics/wilson.js";
import type { Scored } from "./tally.js";

/** A model under the name by which a comparison calls it. */
export interface NamedModel<M extends Model> {
  readonly name: string;
  readonly model: M;
}

/** An item on which two models answered differently. */
export interface Disagreement<Item> {
  /** Place among the items, from 0. */
  readonly index: number;
  readonly item: Item;
  readonly gold: Answer;
  /** By name of the model; null where it failed. */
  readonly predictions: Readonly<Record<string, Answer | null>>;
}

/** An item on which a model failed. */
export interface Failure {
  readonly index: number;
  readonly message: string;
}

/** How many items were right, and the Wilson interval of their share; null where no item was answered. */
export interface Proportion {
  readonly successes: number;
  readonly of: number;
  readonly rate: number | null;
  readonly interval: Interval | null;
}

/** What a comparison found of one of its models. */
export interface ComparedModel<Name extends string = string> extends Scored<Name> {
  readonly name: string;
  /** Id of the model. */
  readonly model: string;
  readonly paradigm: Paradigm;
  readonly family: string;
  /** Items it answered: what its scores are over. */
  readonly answered: number;
  /** Items it failed on: counted nowhere else, neither right nor wrong. */
  readonly failed: number;
  /** The first ten of them. */
  readonly failures: readonly Failure[];
  readonly correct: Proportion;
  readonly milliseconds: number;
}

/** Two models on the items that both answered. */
export interface ComparedPair {
  /** Their names, in the order given. */
  readonly models: readonly [string, string];
  /** Items that both answered. */
  readonly items: number;
  readonly onlyFirstCorrect: number;
  readonly onlySecondCorrect: number;
  /** Of the exact McNemar test, two-sided. */
  readonly p: number;
  /** The same, corrected by Holm for the number of pairs. */
  readonly adjusted: number;
}

/** Models side by side on the same items. Plain data, free of NaN. */
export interface Comparison<Name extends string = string> {
  readonly contract: ContractName;
  readonly items: number;
  /** What `correct` and the pairs are about: "accuracy", or "sentences exactly right". */
  readonly correctness: string;
  readonly confidence: number;
  readonly models: readonly ComparedModel<Name>[];
  /** Every two models, in the order given. */
  readonly pairs: readonly ComparedPair[];
  /** Items on which not all models that answered gave the same answer. */
  readonly disagreements: number;
}
