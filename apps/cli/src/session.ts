/** Where a command writes: process.stdout and process.stderr, or what a test gives. */
export interface Output {
  write(text: string): boolean;
  once(event: "drain", listener: () => void): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** What a command has of the world outside. */
export interface Session {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Fires when the user interrupts. */
  readonly signal: AbortSignal;
}

/** Writes to an output, no faster than it takes. */
export async function print({ stdout, signal }: Session, text: string): Promise<void> {
  if (stdout.write(text) || signal.aborted) return;
  await new Promise<void>((resolve) => {
    stdout.once("drain", resolve);
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** A line for the user that is no result. */
export function note({ stderr }: Session, text: string): void {
  stderr.write(`${text}\n`);
}
