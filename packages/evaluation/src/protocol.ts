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

/** How models of one contract are asked and scored. */
export interface Protocol<M extends Model, Item, Gold, Predicted, Name extends string> {
  readonly contract: ContractName;
  readonly metrics: Readonly<Record<Name, Metric<Gold, Predicted, M>>>;
  /** What is yes or no for each item, for intervals and paired tests, in words. */
  readonly correctness: string;
  readonly isCorrect: (gold: Gold, predicted: Predicted) => boolean;
  /** Counts by label, read with `scoresByLabel`. */
  readonly countLabels: (gold: Gold, predicted: Predicted) => Counts;
  /** Labels that the model can give. */
  readonly labelsOf: (model: M) => readonly string[];
  /** One answer an item, in their order. */
  readonly ask: (model: M, items: readonly Item[], options: CallOptions & Scope) => Promise<Predicted[]>;
  /** An item's gold answer. `index`, from 0, is for errors. */
  readonly goldOf: (item: Item, index: number, scope: Scope) => Gold;
  readonly goldLabels: (gold: Gold) => readonly string[];
  /** An answer as plain data: what is compared to tell whether models disagree, and shown where they do. */
  readonly show: (predicted: Predicted) => Answer;
  readonly showGold: (gold: Gold) => Answer;
  /** The text whose fingerprint tells whether a model was trained on the item. */
  readonly textOf: (item: Item) => string;
}

/** What a model answered: a label, or entities as runs of tokens. */
export type Answer = string | readonly { readonly label: string; readonly start: number; readonly end: number }[];
