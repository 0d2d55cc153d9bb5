/** Every way in which Bifocal fails. The demo and the command line map each to a status and an exit code. */
export const errorCodes = [
  "invalid-input",
  "unknown-task",
  "unknown-model",
  "unknown-option",
  "wrong-task",
  "no-model",
  "unsupported",
  "model-damaged",
  "model-too-new",
  "no-network",
  "not-permitted",
  "unreadable",
  "unwritable",
  "address-in-use",
  "too-large",
  "overloaded",
  "aborted",
  "deadline-exceeded",
  "internal",
] as const;

/** One of `errorCodes`. */
export type ErrorCode = (typeof errorCodes)[number];

/**
 * The one error class. Its message says what failed, on what, and what to do next; it never holds an input text.
 * @example
 * try { await pipeline("sentiment"); } catch (error) {
 *   if (error instanceof BifocalError && error.code === "unknown-task") console.error(error.message);
 * }
 */
export class BifocalError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "BifocalError";
    this.code = code;
  }
}

/** @throws {BifocalError} `aborted`, caused by the signal's reason, once the signal has fired. */
export function throwIfAborted(signal: Pick<AbortSignal, "aborted" | "reason"> | undefined): void {
  if (signal?.aborted) throw new BifocalError("aborted", "The call was aborted.", { cause: signal.reason });
}

/** What a foreign failure says, for use inside a message. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
