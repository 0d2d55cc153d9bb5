import { runCli } from "../src/run-cli.js";
import type { Output } from "../src/session.js";

/** What a command line wrote, and its exit code. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface World {
  readonly isTTY?: boolean;
  readonly signal?: AbortSignal;
  /** Hears what is written to stderr, as it is written. */
  readonly onStderr?: (text: string) => void;
}

/** Runs a command line within this process. */
export async function cli(args: readonly string[], world: World = {}): Promise<Outcome> {
  const stdout = capture(world, () => {});
  const stderr = capture(world, world.onStderr ?? (() => {}));
  const signal = world.signal ?? new AbortController().signal;
  const code = await runCli(args, { stdout, stderr, signal });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function capture({ isTTY = false }: World, onWrite: (text: string) => void): Output & { text: () => string } {
  let written = "";
  return {
    isTTY,
    columns: 80,
    write: (text) => {
      written += text;
      onWrite(text);
      return true;
    },
    once: () => {},
    text: () => written,
  };
}
