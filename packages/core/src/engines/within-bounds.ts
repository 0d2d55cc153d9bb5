import { BifocalError, type CallOptions, deadlineExceeded } from "@bifocal/contracts";

/** How long somebody waits. */
export interface Bounds {
  readonly signal?: AbortSignal | undefined;
  readonly deadline?: CallOptions["deadline"] | undefined;
}

/**
 * Waits for work no longer than the bounds say, whatever becomes of it then.
 * @param name of the model, for the error
 * @param onOver hears that nobody waits any more
 * @throws {BifocalError} `aborted` when the signal fires, `deadline-exceeded` when the deadline comes; what the work throws
 */
export async function withinBounds<R>(
  name: string,
  work: Promise<R>,
  { signal, deadline }: Bounds,
  onOver: () => void = () => {},
): Promise<R> {
  let stopWaiting = (): void => {};
  const over = new Promise<never>((_, reject) => {
    const end = (error: BifocalError): void => {
      onOver();
      reject(error);
    };
    const abort = (): void => end(new BifocalError("aborted", "The call was aborted.", { cause: signal?.reason }));
    const late = (): void => {
      const { code, message } = deadlineExceeded();
      end(new BifocalError(code, `${name}: ${message}`));
    };
    signal?.addEventListener("abort", abort, { once: true });
    const timer = deadline && setTimeout(late, timeUntil(deadline));
    stopWaiting = () => {
      signal?.removeEventListener("abort", abort);
      clearTimeout(timer);
    };
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    stopWaiting();
  }
}

/** How long a timer waits, in milliseconds: at most the 24 days that one can. */
function timeUntil(deadline: Date): number {
  return Math.min(deadline.getTime() - Date.now(), 2 ** 31 - 1);
}
