import type { PreTrainedModel, PreTrainedTokenizer } from "@xenova/transformers";
import type { ModelConfig } from "../hub/model-config.js";
import type { Scheduler } from "./scheduler.js";
import type { TokenRow } from "./token-row.js";
import type { Turns } from "./turns.js";

/** The library beneath, which is imported in the worker alone. */
export type Library = typeof import("@xenova/transformers");

/** A model in memory, and what is needed to read for it and write with it. */
export interface Loaded {
  readonly library: Library;
  readonly model: PreTrainedModel;
  readonly tokenizer: PreTrainedTokenizer;
  readonly config: ModelConfig;
  /** Tokens that the model can read, special tokens included. */
  readonly context: number;
  /** Rows of a batch may change each other's answers: activations are scaled by the largest of the whole batch. */
  readonly quantized: boolean;
  /** Scores rows of ids for all calls together: of a text its labels' logits, of tokens one token's after another's. */
  readonly rows: Scheduler<TokenRow, Float32Array>;
  /** Writing and measuring go one after the other. */
  readonly turns: Turns;
}
