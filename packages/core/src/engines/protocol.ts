import type { ErrorCode, GeneratedToken } from "@bifocal/contracts";
import type { Dtype } from "../hub/dtypes.js";
import type { ModelConfig } from "../hub/model-config.js";
import type { ScoredText, ScoredWords, WriteOptions, WrittenTexts } from "./engine.js";

/** What a worker is started with: everything that the model needs is in the folder. */
export interface LoadRequest {
  readonly folder: string;
  readonly head: keyof WorkerCalls;
  readonly dtype: Dtype;
  readonly config: ModelConfig;
}

/** What a worker can be asked, by the head of the model that it holds. */
export interface WorkerCalls {
  score: { readonly input: readonly string[]; readonly result: ScoredText[] };
  scoreWords: { readonly input: readonly (readonly string[])[]; readonly result: ScoredWords[] };
  generate: { readonly input: WriteRequest; readonly result: WrittenTexts[] };
}

export interface WriteRequest {
  readonly texts: readonly string[];
  readonly options: WriteOptions;
  /** Whether the pieces of the first text are told as they are written. */
  readonly streams: boolean;
}

export interface CallMessage {
  readonly id: number;
  readonly input: unknown;
  /** Not 0 once the call is cancelled. Shared memory, since a worker that computes reads no messages. */
  readonly cancelled: Int32Array<SharedArrayBuffer>;
}

/** An error as it crosses a thread; its class does not survive the way. */
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
export interface CallContext {
  /** @throws {BifocalError} `aborted`. */
  throwIfCancelled(): void;
  tell(piece: GeneratedToken): void;
}

/** One head of a loaded model. */
export type Answer<K extends keyof WorkerCalls> = (
  input: WorkerCalls[K]["input"],
  context: CallContext,
) => Promise<WorkerCalls[K]["result"]>;
