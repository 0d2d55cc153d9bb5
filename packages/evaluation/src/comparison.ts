import type { ContractName, Model, Paradigm } from "@bifocal/contracts";
import type { Answer } from "./protocol.js";
import type { PairedDifference } from "./statistics/paired-bootstrap.js";
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
  /** Null where no answer is the right one. */
  readonly gold: Answer | null;
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
  /** Where items are right or wrong. */
  readonly correct?: Proportion;
  /** Of the metrics that are compared by drawing items anew (percentiles of the bootstrap), where they have a score. */
  readonly intervals: Readonly<Partial<Record<Name, Interval>>>;
  readonly milliseconds: number;
}

/** Two models on the items that both answered, each right or wrong. */
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

/** By how much a metric of the second of two models is above that of the first, on the items that both answered. */
export interface ComparedDifference<Name extends string = string> extends PairedDifference {
  /** Their names, in the order given. */
  readonly models: readonly [string, string];
  readonly metric: Name;
  readonly better: "higher" | "lower";
  /** Items that both answered. */
  readonly items: number;
}

/** How often items were drawn anew for intervals and differences, and by which seed. */
export interface Resampling {
  readonly samples: number;
  readonly seed: number;
}

/** Models side by side on the same items. Plain data, free of NaN. */
export interface Comparison<Name extends string = string> {
  readonly contract: ContractName;
  readonly items: number;
  /** What `correct` and the pairs are about: "accuracy", or "sentences exactly right"; absent where nothing is right or wrong. */
  readonly correctness?: string;
  readonly confidence: number;
  readonly models: readonly ComparedModel<Name>[];
  /** Every two models, in the order given; none where nothing is right or wrong. */
  readonly pairs: readonly ComparedPair[];
  /** Every two models by each metric that has an interval; none of classifiers. Intervals are not corrected for their number. */
  readonly differences: readonly ComparedDifference<Name>[];
  /** Where items were drawn anew. */
  readonly resampling?: Resampling;
  /** Items on which not all models that answered gave the same answer. */
  readonly disagreements: number;
}
