/** The scores of the next token, before any softmax. */
export type Logits = ArrayLike<number>;

/** A network that is asked for the next tokens of several rows at once. */
export interface NextTokens {
  /** What the decoder is given to go on from, a row each: the prompt, or an encoder-decoder's first token. */
  readonly prompts: readonly (readonly number[])[];
  /** The logits after each prompt. */
  start(): Promise<readonly Logits[]>;
  /**
   * The rows go on: row `i` is what row `parents[i]` was before, and then `tokens[i]`. A row that is nobody's parent is
   * given up, one of several goes on in several ways.
   * @returns the logits after each row, until the next call
   */
  advance(parents: readonly number[], tokens: readonly number[]): Promise<readonly Logits[]>;
}

/** A text that was written, as tokens. */
export interface Sequence {
  /** The token that ended it included. */
  readonly tokens: readonly number[];
  /** ln p of each token under the model as it is: before any temperature, penalty or constraint. */
  readonly logProbabilities: readonly number[];
  /** `end`: by a token that ends texts; `length`: at the longest; `stop`: it was told to. */
  readonly finishReason: "end" | "length" | "stop";
  /** What beams were compared by. */
  readonly score?: number;
}
