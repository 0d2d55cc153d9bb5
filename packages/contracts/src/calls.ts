import { BifocalError, throwIfAborted } from "./errors.js";

/** What every call takes. */
export interface CallOptions {
  /** Ends the call early with the error `aborted`. */
  readonly signal?: AbortSignal;
  /** What waits for a model in a worker process: see `Priority`. Default: `bulk` for over 8 texts, else `interactive`. */
  readonly priority?: Priority;
  /**
   * A call that is not done by then fails with `deadline-exceeded`, and what of it still waits for a model in a worker
   * process is never computed. Models that do not wait have no use for it.
   * @example { deadline: new Date(Date.now() + 500) }
   */
  readonly deadline?: Date;
}

/** `interactive`: somebody waits for the answer, it goes first; `bulk`: much work, which lets others through between its batches. */
export type Priority = "interactive" | "bulk";

/** Parts what every call takes from the options of one's own task. */
export function splitOptions<O extends { readonly [K in keyof CallOptions]: CallOptions[K] | undefined }>(options: O) {
  const { signal, priority, deadline, ...own } = options;
  const call: CallOptions = { ...(signal && { signal }), ...(priority && { priority }), ...(deadline && { deadline }) };
  return { call, own };
}

type Bounds = { readonly [K in "signal" | "deadline"]?: CallOptions[K] | undefined };

/** @throws {BifocalError} `aborted` once the signal has fired, `deadline-exceeded` once the deadline has passed. */
export function throwIfOver({ signal, deadline }: Bounds = {}): void {
  throwIfAborted(signal);
  if (deadline !== undefined && Date.now() >= deadline.getTime()) throw deadlineExceeded();
}

/** The error of a call whose deadline has passed. */
export function deadlineExceeded(): BifocalError {
  return new BifocalError(
    "deadline-exceeded",
    "The call was not done by its deadline. Give it a later one, or ask again when less waits for the model.",
  );
}
