import { type StartOptions, start } from "./start.js";

export interface ServeOptions extends StartOptions {
  /** Takes what the user is told. Default: standard output. */
  readonly write?: (text: string) => void;
}

/**
 * Serves until SIGINT or SIGTERM, says where, and gives a line to try. A second signal ends the process at once.
 * @throws {BifocalError} as `start` does.
 */
export async function serve({ write = writeToStdout, ...options }: ServeOptions = {}): Promise<void> {
  const { url, close } = await start(options);
  write(`Bifocal is at ${url} (Ctrl+C ends it). One line to try:\n  ${lineToTry(url)}\n`);
  await untilSignal();
  await close();
}

function lineToTry(url: string): string {
  const body = JSON.stringify({ task: "sentiment-analysis", text: "What a lovely day!" });
  return `curl ${url}/v1/run -H "content-type: application/json" -d '${body}'`;
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      process.off("SIGINT", stop);
      process.off("SIGTERM", stop);
      resolve();
    };
    process.on("SIGINT", stop);
    process.on("SIGTERM", stop);
  });
}

function writeToStdout(text: string): void {
  process.stdout.write(text);
}
