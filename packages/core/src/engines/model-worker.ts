import { throwIfOver } from "@bifocal/contracts";
import type { Head, LoadRequest } from "./protocol.js";
import { withinBounds } from "./within-bounds.js";
import { type StartOptions, startWorker, type WorkerClient } from "./worker-client.js";

/** The process that holds a model, as engines see it. */
export type ModelWorker<H extends Head> = Pick<WorkerClient<H>, "call" | "close">;

/**
 * Starts a model's process, and starts it anew with the first call after it has stopped: what ran in it then has failed. A
 * call waits for that no longer than its signal and its deadline let it.
 * @throws {BifocalError} as `startWorker`, at the start and where it cannot be started again.
 */
export async function startModelWorker<H extends Head>(
  name: string,
  request: LoadRequest & { readonly head: H },
  options: StartOptions = {},
): Promise<ModelWorker<H>> {
  let current = await startWorker(name, request, options);
  let starting: Promise<WorkerClient<H>> | undefined;
  const { signal: _, ...again } = options;
  const closing = new AbortController();

  async function living(): Promise<WorkerClient<H>> {
    if (!current.hasStopped) return current;
    starting ??= startWorker(name, request, { ...again, signal: closing.signal });
    try {
      current = await starting;
      return current;
    } finally {
      starting = undefined;
    }
  }

  return {
    async call(method, input, options, onPiece) {
      throwIfOver(options);
      return (await withinBounds(name, living(), options ?? {})).call(method, input, options, onPiece);
    },
    async close() {
      closing.abort();
      const next = starting?.catch(() => undefined);
      await current.close();
      await (await next)?.close();
    },
  };
}
