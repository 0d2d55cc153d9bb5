import type { CallOptions, ContractName, Model } from "@bifocal/contracts";
import type { Counts, Metric } from "./metric.js";

/** What restricts what is scored. */
export interface Scope {
  /**
   * Only these labels count. A classifier decides among them, its probabilities rescaled to add up to 1; a tagger's and
   * the gold data's entities of other types are left out. Default: every label.
   */
  readonly labels?: readonly string[];
}

/** How models are asked and scored. */
export interface Scoring<M extends Model, Item, Gold, Predicted, Name extends string> {
  readonly metrics: Readonly<Record<Name, Metric<Gold, Predicted, M>>>;
  /** What is scored by label, where answers are labels. */
  readonly byLabel?: LabelScoring<M, Gold, Predicted>;
  /** One answer an item, in their order. */
  readonly ask: (model: M, items: readonly Item[], options: CallOptions & Scope) => Promise<Predicted[]>;
  /** An item's gold answer. `index`, from 0, is for errors. */
  readonly goldOf: (item: Item, index: number, scope: Scope) => Gold;
  /** The text whose fingerprint tells whether a model was trained on the item. */
  readonly textOf: (item: Item) => string;
}

export interface LabelScoring<M extends Model, Gold, Predicted> {
  /** Counts by label, read with `scoresByLabel`. */
  readonly count: (gold: Gold, predicted: Predicted) => Counts;
  /** Labels that the model can give. */
  readonly labelsOf: (model: M) => readonly string[];
  readonly goldLabels: (gold: Gold) => readonly string[];
}

/** How models of one contract are asked, scored and compared. */
export interface Protocol<M extends Model, Item, Gold, Predicted, Name extends string>
  extends Scoring<M, Item, Gold, Predicted, Name> {
  readonly contract: ContractName;
  /** What is yes or no for each item, for Wilson's intervals and McNemar's test; absent where nothing is. */
  readonly correctness?: Correctness<Gold, Predicted>;
  /** Metrics whose intervals and differences are told by drawing the items anew; each keeps its counts of every item. */
  readonly resampled: readonly Name[];
  /** An answer as plain data: what is compared to tell whether models disagree, and shown where they do. */
  readonly show: (predicted: Predicted) => Answer;
  /** Null where no answer is the right one. */
  readonly showGold: (gold: Gold) => Answer | null;
}

export interface Correctness<Gold, Predicted> {
  /** In words. */
  readonly name: string;
  readonly of: (gold: Gold, predicted: Predicted) => boolean;
}

/**
 * What a model answered: a label, entities as runs of tokens, what it wrote, or the natural logarithm of how likely it
 * found a text; and what was to be answered: any of several texts, where those will do.
 */
export type Answer =
  | string
  | number
  | readonly string[]
  | readonly { readonly label: string; readonly start: number; readonly end: number }[];
