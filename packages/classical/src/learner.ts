import type { AnyModel, ModelCard, OptionRule, Paradigm, Task } from "@bifocal/contracts";
import type { CrfParams } from "./discriminative/crf-params.js";
import type { LinearScores } from "./explain/linear-scores.js";
import type { Params } from "./model-file.js";

/** A text and what it is, for learners of labels. */
export interface LabelledText {
  readonly text: string;
  readonly label: string;
  /** How many items it counts as, from 1e-9 to 1e9; of n-grams a whole number up to 1000. Default 1. */
  readonly weight?: number;
}

/** The tokens of a sentence, each with its tag, for learners of tags. */
export interface TaggedSentence {
  readonly tokens: readonly string[];
  /** One a token: IOB2, or where a learner takes them any others, parts of speech say. */
  readonly tags: readonly string[];
}

/** A text to learn how texts are written, for learners of language. */
export interface PlainText {
  readonly text: string;
}

/** A text and summaries of it, any of which would do. */
export interface SummarizedText {
  readonly text: string;
  readonly summaries: readonly string[];
}

/** What each kind of learner is trained on. */
export interface TrainingItems {
  "labelled-texts": LabelledText;
  "tagged-sentences": TaggedSentence;
  texts: PlainText;
  "summarized-texts": SummarizedText;
}

/** How far a training is: `iteration` of at most `iterations`; the objective falls as it learns. */
export interface Progress {
  readonly iteration: number;
  readonly iterations: number;
  readonly objective?: number;
  /** What the iterations are of where they are not the model's own: those of a calibration, which comes first. */
  readonly stage?: "calibration";
  /** At the pace so far, if all iterations are made. `trainModel` works it out: a learner does not. */
  readonly secondsLeft?: number;
}

/** What a training asks whether it is to end: an `AbortSignal`, or whatever else can be polled from its thread. */
export type TrainingSignal = Pick<AbortSignal, "aborted" | "reason">;

/** An iteration is done, or an epoch. */
export interface Iteration<Learned = Params> extends Omit<Progress, "objective"> {
  /** What falls as it learns. It is asked for where it is told, as late as what is learned: some learners look at all items for it. */
  readonly objective?: () => number;
  /**
   * What is learned so far, as new arrays. It is asked for where it is measured on dev items or where the training is
   * aborted, after this iteration or at any moment before the next one ends; left out where that would be no model yet.
   */
  readonly learned?: () => Learned;
  /** What is learned serves where the training is aborted and for nothing else: a later stage learns anew. */
  readonly provisional?: boolean;
  /** Whether the objective is within the tolerance of the least one, for learners that can tell. */
  readonly converged?: boolean;
}

/** Hears of every iteration; where it answers true the training ends, with what it has learned. */
export type AfterIteration<Learned = Params> = (iteration: Iteration<Learned>) => boolean | Promise<boolean>;

/**
 * What a learner has beside items and settings. Its duties are few: poll `signal` by `throwIfAborted` as often as is
 * cheap, and say of each iteration
 * `if (await context.afterIteration?.({ iteration, iterations, objective: () => value, learned: () => params })) break;`.
 * Early stopping on dev items and keeping the best when aborted follow from these two.
 */
export interface TrainingContext {
  /** Polled; the learner throws `aborted` once it is. Whether that keeps what was learned is the caller's business. */
  readonly signal?: TrainingSignal;
  /** For learners without iterations; `afterIteration` reports progress itself. */
  readonly onProgress?: (progress: Progress) => void;
  readonly afterIteration?: AfterIteration;
  /** Dev items judge what is learned: each iteration is to bring all of the model a step further, at the cost of time. Default false. */
  readonly stepwise?: boolean;
  /** Threads to train in, this one included; the result has the same bits for any number. Default 1. */
  readonly workers?: number;
  /** Of all that is random in the training, a whole number below 2^32; the settings' own `seed` goes before it. Default 1. */
  readonly seed?: number;
}

/** A setting of a learner: how it is checked, and what it is where nobody sets it. */
export type Setting = OptionRule & {
  readonly default: number | boolean | string;
  /** Checks what no rule says, before any text is read. @throws {BifocalError} `invalid-input`. */
  readonly check?: (value: Settings[string]) => void;
};

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
  /**
   * About how many bytes training holds for each feature and label (one label where there are two), for the estimate of
   * memory. Default 4: the weight itself.
   */
  readonly bytesPerWeight?: (settings: Settings, labels: number) => number;
  /** @throws {BifocalError} `invalid-input` where the items cannot be learned from, `aborted`. */
  train(items: readonly TrainingItems[K][], settings: Settings, context: TrainingContext): Params | Promise<Params>;
  /**
   * The same from items that come one at a time, none of which is kept: for files larger than memory. Learns the same
   * bits as `train` from the same items.
   */
  trainOnStream?(items: AsyncIterable<TrainingItems[K]>, settings: Settings, context: TrainingContext): Promise<Params>;
  /**
   * Begins a training that goes on as items come, with all labels that they may have. @throws {BifocalError}
   * `invalid-input` for settings that need all items at once.
   */
  partialFitter?(labels: readonly string[], settings: Settings): PartialFitter<TrainingItems[K]>;
}

/** A training that goes on as items come. */
export interface PartialFitter<Item> {
  partialFit(items: readonly Item[]): void;
  /** What is learned so far, as new arrays. */
  params(): Params;
}

/** What opens the params of a kind: one line in `modelKinds`. */
export interface ModelKind<P extends Params = Params> {
  /** The newest version of the params that it reads. */
  readonly version: number;
  /** The oldest one. Default 1. */
  readonly oldest?: number;
  open(params: P, context: OpenContext): AnyModel;
  /**
   * Where the classifier is a linear function of a text's row, what makes it one: explaining, pruning and exporting need
   * no more. Called only when asked for.
   */
  linearScores?(params: P): (() => LinearScores) | undefined;
  /** Where the tagger is a chain whose scores are sums of features' weights, its params: exporting needs no more. */
  chainParams?(params: P): CrfParams;
  /** The params with some of their columns alone, given in ascending order: what pruning needs beside the weights. */
  keepColumns?(params: P, columns: Uint32Array): P;
  /** How often each column stood in the texts of the training, where the params know. */
  columnFrequencies?(params: P): Float64Array;
}

/** What a model needs beside its params. */
export interface OpenContext {
  readonly card: ModelCard;
  readonly trainingTexts: ReadonlySet<number>;
}
