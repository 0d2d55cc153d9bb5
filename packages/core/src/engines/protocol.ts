import type { ChatMessage, ErrorCode, GeneratedToken, Priority } from "@bifocal/contracts";
import type { Device } from "../hub/devices.js";
import type { Dtype } from "../hub/dtypes.js";
import type { ModelConfig } from "../hub/model-config.js";
import type {
  EmbeddedText,
  Languages,
  Measure,
  MeasuredPair,
  ScoredPairs,
  ScoredText,
  ScoredTokens,
  ScoredWords,
  TokenCounts,
  WindowOptions,
  WriteOptions,
  WrittenTexts,
} from "./engine.js";
import type { RowsContext } from "./scheduler.js";

/** What a worker is started with: everything that the model needs is in the folder. */
export interface LoadRequest {
  readonly folder: string;
  readonly head: Head;
  readonly dtype: Dtype;
  /** Of the head that embeds: the mean of the tokens' states, or the first one's. Default mean. */
  readonly pooling?: Pooling;
  /** Default: the processor. */
  readonly device?: Device;
  /** In how many threads the network computes. Default: what ONNX Runtime takes for the number of cores. */
  readonly threads?: number;
  readonly config: ModelConfig;
}

/** What a worker can be asked. */
export interface WorkerCalls {
  score: { readonly input: ReadRequest; readonly result: ScoredText[] };
  scorePairs: { readonly input: PairRequest; readonly result: ScoredPairs[] };
  scoreTokens: { readonly input: ReadRequest; readonly result: ScoredTokens[] };
  scoreWords: { readonly input: readonly (readonly string[])[]; readonly result: ScoredWords[] };
  chat: { readonly input: readonly ChatMessage[]; readonly result: string };
  count: { readonly input: CountRequest; readonly result: TokenCounts };
  generate: { readonly input: WriteRequest; readonly result: WrittenTexts[] };
  embed: { readonly input: readonly string[]; readonly result: EmbeddedText[] };
  measure: { readonly input: MeasureRequest; readonly result: Measure[] };
}

export type Pooling = "mean" | "cls";

/** The calls that each head of a model answers. */
export interface HeadCalls {
  score: "score" | "scorePairs";
  scoreWords: "scoreWords" | "scoreTokens";
  embed: "embed";
  write: "chat" | "count" | "generate" | "measure";
}

export type Head = keyof HeadCalls;

export interface ReadRequest {
  readonly texts: readonly string[];
  readonly options: WindowOptions;
}

export interface PairRequest extends ReadRequest {
  /** Each text is read beside each of these. */
  readonly seconds: readonly string[];
}

export interface WriteRequest {
  readonly texts: readonly string[];
  readonly options: WriteOptions;
  /** Whether the pieces of the first text are told as they are written. */
  readonly streams: boolean;
}

export interface CountRequest {
  readonly texts: readonly string[];
  readonly languages: Languages;
}

export interface MeasureRequest {
  readonly pairs: readonly MeasuredPair[];
  readonly languages: Languages;
}

export interface CallMessage {
  readonly type: "call";
  readonly id: number;
  readonly name: keyof WorkerCalls;
  readonly input: unknown;
  readonly priority: Priority;
  /** A worker that was late to hear of a cancelled call still does not begin it. */
  readonly deadline?: Date | undefined;
}

/** What a worker is told: first what to load, then calls, and which of them nobody waits for any more. */
export type ClientMessage =
  | { readonly type: "load"; readonly request: LoadRequest }
  | CallMessage
  | { readonly type: "cancel"; readonly id: number };

/** An error as it crosses between processes; its class does not survive the way. */
export interface PortableError {
  readonly code: ErrorCode;
  readonly message: string;
}

export type WorkerMessage =
  | { readonly type: "ready" }
  | { readonly type: "failed"; readonly error: PortableError }
  | { readonly type: "piece"; readonly id: number; readonly piece: GeneratedToken }
  | { readonly type: "result"; readonly id: number; readonly result: unknown }
  | { readonly type: "error"; readonly id: number; readonly error: PortableError };

/** What a call in the worker is given besides its input. */
export interface CallContext extends RowsContext {
  tell(piece: GeneratedToken): void;
}

/** What answers one kind of call. */
export type Answer<K extends keyof WorkerCalls> = (
  input: WorkerCalls[K]["input"],
  context: CallContext,
) => Promise<WorkerCalls[K]["result"]>;

/** One head of a loaded model. */
export type Answers<H extends Head> = { readonly [K in HeadCalls[H]]: Answer<K> };
