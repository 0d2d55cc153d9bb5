import type { CallOptions } from "./calls.js";
import type { GenerateOptions, ReadOptions, TagOptions, TokenTagOptions } from "./options.js";
import type {
  Classification,
  Embedding,
  GeneratedToken,
  Generation,
  LogProbability,
  ScoreExplanation,
  StrongestFeatures,
  StrongestTransitions,
  TagExplanation,
  Tagging,
  TokenTagging,
} from "./results.js";
import type { Paradigm, Task } from "./tasks.js";

/** What a model is and may be used for. `licence` is an SPDX id; `trainedOn` names data sets. */
export type ModelCard = CardOf<Task>;

/** The card of a model of some task. */
export interface CardOf<T extends string> {
  readonly id: string;
  readonly task: T;
  readonly paradigm: Paradigm;
  /** The learner or architecture, in the field's words: "logistic regression", "BERT". */
  readonly family: string;
  /** BCP 47 tags; empty where the language does not matter or is not known. */
  readonly languages: readonly string[];
  readonly licence: string;
  readonly source: string;
  readonly trainedOn: readonly string[];
  /** Where Bifocal trained it. */
  readonly training?: TrainingRecord;
}

/** What it takes to train a model again on the same items. */
export interface TrainingRecord {
  readonly learner: string;
  /** Every setting of the learner, with its value. */
  readonly settings: Readonly<Record<string, number | boolean | string>>;
  readonly seed: number;
  /** Of Bifocal. */
  readonly version: string;
  /** How many items it was trained on. */
  readonly items: number;
  /** After how many iterations the model was as it is, and the objective there, for learners that iterate. */
  readonly iterations?: number;
  readonly objective?: number;
  /** The figure by which the iteration was chosen. */
  readonly dev?: { readonly metric: string; readonly score: number };
  /**
   * Where the learner would have gone on: another iteration was better on dev items, somebody interrupted it, or its
   * iterations were used up before the objective was within the tolerance.
   */
  readonly ended?: "early" | "aborted" | "limit";
}

/** What every model has. Closing twice is fine; calling a closed model is not, and a pipeline refuses to. */
export interface Model<T extends string = Task> extends AsyncDisposable {
  readonly card: CardOf<T>;
  /** About how much memory its weights take, where it is known. */
  readonly bytes?: number;
  /** Fingerprints of the texts it was trained on (see `fingerprint`), where they are known. */
  readonly trainingTexts?: ReadonlySet<number>;
}

/** Decides between labels. An empty text is answered from what the model believes before reading anything. */
export interface Classifier extends Model {
  readonly labels: readonly string[];
  /** `probability`: one label holds, scores add up to 1; `probability-each`: several may, each score is its label's own. */
  readonly scoreKind: "probability" | "probability-each" | "margin";
  /** As many results as texts, in their order. */
  classify(texts: readonly string[], options?: ReadOptions): Promise<Classification[]>;
}

/**
 * Marks entities, or tags every token: its part of speech. With `nBest` a call throws `unsupported` where the model has no
 * probability of taggings.
 */
export interface Tagger extends Model {
  /** Entity types that it can mark, without `B-` and `I-`, or the tags of tokens. */
  readonly labels: readonly string[];
  tag(texts: readonly string[], options?: TagOptions): Promise<Tagging[]>;
  /** Tags tokens as they are given, never re-tokenized: one IOB2 tag each, or a tag of no scheme such as `NOUN`. */
  tagTokens(sentences: readonly (readonly string[])[], options?: TokenTagOptions): Promise<TokenTagging[]>;
}

/** Writes: a continuation, a summary, a translation. */
export interface TextGenerator extends Model {
  generate(texts: readonly string[], options?: GenerateOptions): Promise<Generation[]>;
  /** The pieces of one text as they are written; joined they are the `text` that `generate` returns. */
  stream(text: string, options?: GenerateOptions): AsyncIterable<GeneratedToken>;
}

/** Turns texts into points. */
export interface Embedder extends Model<"feature-extraction"> {
  readonly dimensions: number;
  /** As many results as texts, in their order. */
  embed(texts: readonly string[], options?: CallOptions): Promise<Embedding[]>;
}

/** What only a generative model can answer: how likely a text is. */
export interface Density {
  logProbability(texts: readonly string[], options?: CallOptions): Promise<LogProbability[]>;
}

/** Of a model of many languages: that of what is given, and that of the text. */
export type GivenOptions = CallOptions & Pick<GenerateOptions, "sourceLanguage" | "targetLanguage">;

/** A text and what it is given: the prompt before a continuation, the text that was translated or summarized. */
export interface GivenText {
  readonly given: string;
  readonly text: string;
}

/**
 * What a model that writes from a text says of what might be written: how likely it is, given that text. Of a translation
 * or a summary the end is included; of a continuation it is not, for the text may go on.
 */
export interface ConditionalDensity {
  /** As many results as pairs, in their order. */
  logProbabilityGiven(pairs: readonly GivenText[], options?: GivenOptions): Promise<LogProbability[]>;
}

/** One turn of a conversation; `role` is `system`, `user`, `assistant`, or what else the model's template knows. */
export interface ChatMessage {
  readonly role: string;
  readonly content: string;
}

/** What a model trained on conversations can be asked. */
export interface Chats {
  /**
   * The prompt that tells the model a conversation, up to where its answer begins: for `generate` and `stream`.
   * @throws {BifocalError} `unsupported` where the model has no chat template, `invalid-input` where that refuses the messages.
   */
  chatPrompt(messages: readonly ChatMessage[], options?: CallOptions): Promise<string>;
}

/** What of a decision is explained. */
export interface ExplainOptions extends CallOptions {
  /** Which label's score to explain; default: the one that the model decides for. */
  readonly label?: string;
}

/** How many features are told. */
export interface StrongestFeaturesOptions {
  /** Of this label only. */
  readonly label?: string;
  /** How many for each label at each end (1 to 1,000,000). Default: 10. */
  readonly count?: number;
}

/** What only a model can answer whose score is a sum over what it reads. */
export interface Explains {
  /** Why each text gets its score. @throws {BifocalError} `invalid-input` for a label that the model does not have. */
  explain(texts: readonly string[], options?: ExplainOptions): Promise<ScoreExplanation[]>;
  /** What the model listens to, a line a label. @throws {BifocalError} `invalid-input` for a label that the model does not have. */
  strongestFeatures(options?: StrongestFeaturesOptions): Promise<StrongestFeatures[]>;
}

/** What only a tagger can answer whose score is a sum over features and transitions. */
export interface ExplainsTags {
  /** Why each token of each text has its tag. */
  explainTags(texts: readonly string[], options?: CallOptions): Promise<TagExplanation[]>;
  /**
   * What the model listens to, a line a tag: `label` is a tag. Features that the model's file does not name go by their
   * hash. @throws {BifocalError} `invalid-input` for a tag that the model does not have.
   */
  strongestFeatures(options?: StrongestFeaturesOptions): Promise<StrongestFeatures[]>;
  strongestTransitions(options?: Pick<StrongestFeaturesOptions, "count">): Promise<StrongestTransitions>;
}

/** The contract that the models of a task meet. */
export interface ModelOfTask {
  "text-classification": Classifier;
  "sentiment-analysis": Classifier;
  ner: Tagger;
  summarization: TextGenerator;
  translation: TextGenerator;
  "text-generation": TextGenerator;
}

/** A model of any task. */
export type AnyModel = ModelOfTask[Task];

/** Whether a model can say how likely a text is. */
export function hasDensity<M extends Model>(model: M): model is M & Density {
  return "logProbability" in model && typeof model.logProbability === "function";
}

/** Whether a model says how likely a text is, given another. */
export function hasConditionalDensity<M extends Model>(model: M): model is M & ConditionalDensity {
  return "logProbabilityGiven" in model && typeof model.logProbabilityGiven === "function";
}

/** Whether a model can be told a conversation; one that has no chat template refuses it. */
export function canChat<M extends Model>(model: M): model is M & Chats {
  return "chatPrompt" in model && typeof model.chatPrompt === "function";
}

/** Whether a model can say why it decides as it does. */
export function canExplain<M extends Model>(model: M): model is M & Explains {
  return "explain" in model && typeof model.explain === "function";
}

/** Whether a tagger can say why it tags as it does. */
export function canExplainTags<M extends Model>(model: M): model is M & ExplainsTags {
  return "explainTags" in model && typeof model.explainTags === "function";
}
