import type {
  CallOptions,
  ChatMessage,
  GeneratedToken,
  GenerateOptions,
  ReadOptions,
  TagOptions,
  Usage,
  WrittenText,
} from "@bifocal/contracts";

/** What the models stand on: a network that runs somewhere, behind the few things that it can be asked. */
export interface Engine {
  /** Frees what it holds, and fails the calls still running. Closing twice is fine. */
  close(): Promise<void>;
}

/** The logits of one text. */
export interface ScoredText {
  /** One for each label, in the order of `labels`; finite. Of several windows the logarithms of their mean probabilities. */
  readonly logits: ArrayLike<number>;
  readonly usage: Usage;
}

/** Scores whole texts. */
export interface ScoringEngine extends Engine {
  readonly labels: readonly string[];
  /** As many results as texts, in their order. */
  score(texts: readonly string[], options?: ReadOptions): Promise<ScoredText[]>;
}

/** A window of a text beside each of some other texts. */
export interface ScoredWindow {
  /** The part of the text that the window answers for, in tokens. */
  readonly weight: number;
  /** A row for each of the others: one logit for each label; finite. */
  readonly logits: readonly ArrayLike<number>[];
}

/** What a network says of one text beside each of some others. */
export interface ScoredPairs {
  /** One, unless the text is longer than the model reads at once. */
  readonly windows: readonly ScoredWindow[];
  /** Its tokens are those of all pairs: a text beside three others is read three times. */
  readonly usage: Usage;
}

/** Scores pairs of texts: whether the second follows from the first, say. */
export interface PairScoringEngine extends Engine {
  readonly labels: readonly string[];
  /**
   * As many results as texts, in their order.
   * @param seconds none of them empty
   */
  scorePairs(texts: readonly string[], seconds: readonly string[], options?: ReadOptions): Promise<ScoredPairs[]>;
}

/** The logits of the words of one sentence. */
export interface ScoredWords {
  /** A row for each word, of its first token: one logit for each label; none for a word that the model cannot see. */
  readonly logits: readonly (ArrayLike<number> | undefined)[];
  readonly usage: Usage;
}

/** How a text longer than the model's context is read. */
export type WindowOptions = Pick<TagOptions, "overflow" | "stride">;

/** The tokens of a text in order, each of them scored. */
export interface ScoredTokens {
  /** Where each stands in the text, in UTF-16 units, end exclusive; white space is an empty place. */
  readonly starts: ArrayLike<number>;
  readonly ends: ArrayLike<number>;
  /** 1 for a token with which a word begins, else 0. */
  readonly begins: ArrayLike<number>;
  /** tokens × labels, one token's after another's; finite. */
  readonly logits: ArrayLike<number>;
  readonly usage: Usage;
}

/** Scores the tokens of texts, and the words of sentences, each by its first token. */
export interface TokenScoringEngine extends Engine {
  /** The model's own tags: "B-PER", "I-PER", "O". */
  readonly labels: readonly string[];
  /** As many results as sentences, in their order. */
  scoreWords(sentences: readonly (readonly string[])[], options?: CallOptions): Promise<ScoredWords[]>;
  /** As many results as texts, in their order. */
  scoreTokens(texts: readonly string[], options?: WindowOptions & CallOptions): Promise<ScoredTokens[]>;
}

/** A text as the network reads it: the states of its tokens, pooled. */
export interface EmbeddedText {
  readonly vector: Float32Array;
  readonly usage: Usage;
}

/** Embeds whole texts. */
export interface EmbeddingEngine extends Engine {
  readonly dimensions: number;
  /** As many results as texts, in their order; the mean of no tokens is 0. */
  embed(texts: readonly string[], options?: CallOptions): Promise<EmbeddedText[]>;
}

/** What of the options reaches an engine: all but what is done to the text around it. */
export type WriteOptions = Omit<GenerateOptions, keyof CallOptions | "returnFullText" | "sentences">;

/** What a model of many languages reads and writes. */
export type Languages = Pick<WriteOptions, "sourceLanguage" | "targetLanguage">;

/** What was written for one text. */
export interface WrittenTexts {
  /** One, or as many as `numReturnSequences` asked for and there were, best first; none where there was nothing to write about. */
  readonly sequences: readonly WrittenText[];
  readonly usage: Usage;
}

/** A text, and what stands before it: the prompt of a decoder, the text that an encoder reads. */
export interface MeasuredPair {
  readonly text: string;
  /** Without it the text stands alone, from its first token to its end. */
  readonly given?: string;
}

/** How likely a text is. */
export interface Measure {
  /** Natural logarithm, under the model as it is, of the tokens that were counted. */
  readonly logProbability: number;
  readonly tokens: number;
}

/** How long texts are, as a model reads them: special tokens included. */
export interface TokenCounts {
  readonly tokens: readonly number[];
  /** How many it reads at once. */
  readonly room: number;
}

/** Writes token by token, and says how likely a text is. */
export interface GeneratingEngine extends Engine {
  /** Of as many texts as are given, in their order. */
  count(texts: readonly string[], options?: Languages & CallOptions): Promise<TokenCounts>;
  /** As many results as pairs, in their order. Of a decoder's continuation no end is asked for, of any other text it is. */
  measure(pairs: readonly MeasuredPair[], options?: Languages & CallOptions): Promise<Measure[]>;
  /** As many results as texts, in their order, each as if it were alone. */
  generate(texts: readonly string[], options?: WriteOptions & CallOptions): Promise<WrittenTexts[]>;
  /** Whole characters as they are written (of beams all at the end), and then the same as `generate` gives. */
  stream(text: string, options?: WriteOptions & CallOptions): AsyncGenerator<GeneratedToken, WrittenTexts, void>;
}

/** Tells a conversation as a model was trained to read it. */
export interface ChattingEngine extends Engine {
  /** Up to where the answer begins. */
  chat(messages: readonly ChatMessage[], options?: CallOptions): Promise<string>;
}
