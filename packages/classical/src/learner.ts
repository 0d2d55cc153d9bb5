import type { AnyModel, ModelCard, OptionRule, Paradigm, Task } from "@bifocal/contracts";
import type { Params } from "./model-file.js";

export interface LabelledText {
  readonly text: string;
  readonly label: string;
}

export interface TaggedSentence {
  readonly tokens: readonly string[];
  /** IOB2, one a token. */
  readonly tags: readonly string[];
}

export interface PlainText {
  readonly text: string;
}

/** What each kind of learner is trained on. */
export interface TrainingItems {
  "labelled-texts": LabelledText;
  "tagged-sentences": TaggedSentence;
  texts: PlainText;
}

/** How far a training is: `iteration` of at most `iterations`; the objective falls as it learns. */
export interface Progress {
  readonly iteration: number;
  readonly iterations: number;
  readonly objective?: number;
}

export interface TrainingContext {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** A setting of a learner: how it is checked, and what it is where nobody sets it. */
export type Setting = OptionRule & { readonly default: number | boolean | string };

/** A learner's settings after checking: every name of its table, with a value. */
export type Settings = Readonly<Record<string, number | boolean | string>>;

/** One learner: one file, one line in `learners`. */
export interface Learner<K extends keyof TrainingItems = keyof TrainingItems> {
  readonly name: string;
  readonly family: string;
  readonly paradigm: Paradigm;
  /** Tasks that it can be trained for; the first is the default. */
  readonly tasks: readonly Task[];
  readonly reads: K;
  readonly settings: Readonly<Record<string, Setting>>;
  train(items: readonly TrainingItems[K][], settings: Settings, context: TrainingContext): Params;
}

/** What opens the params of a kind: one line in `modelKinds`. */
export interface ModelKind<P extends Params = Params> {
  /** The newest version of the params that it reads. */
  readonly version: number;
  open(params: P, context: OpenContext): AnyModel;
}

/** What a model needs beside its params. */
export interface OpenContext {
  readonly card: ModelCard;
  readonly trainingTexts: ReadonlySet<number>;
}
