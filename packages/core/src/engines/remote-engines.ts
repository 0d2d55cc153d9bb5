import type { CallOptions, GeneratedToken } from "@bifocal/contracts";
import type { GeneratingEngine, ScoringEngine, TokenScoringEngine, WriteOptions, WrittenTexts } from "./engine.js";
import type { WorkerClient } from "./worker-client.js";

/** The scoring engine that a worker is. */
export function remoteScoring(client: WorkerClient<"score">, labels: readonly string[]): ScoringEngine {
  return {
    labels,
    score: (texts, options) => client.call("score", texts, withPriority(texts, options)),
    close: () => client.close(),
  };
}

/** The token-scoring engine that a worker is. */
export function remoteTokenScoring(client: WorkerClient<"scoreWords">, labels: readonly string[]): TokenScoringEngine {
  return {
    labels,
    scoreWords: (words, options) => client.call("scoreWords", words, withPriority(words, options)),
    close: () => client.close(),
  };
}

/** The generating engine that a worker is. One who stops listening stops the writing. */
export function remoteGenerating(client: WorkerClient<"write">): GeneratingEngine {
  return {
    generate: (texts, { signal, priority, ...options } = {}) =>
      client.call("generate", { texts, options, streams: false }, withPriority(texts, { signal, priority })),
    measure: (pairs, { signal, priority, ...languages } = {}) =>
      client.call("measure", { pairs, languages }, withPriority(pairs, { signal, priority })),
    stream: (text, { signal, priority: _, ...options } = {}) => listen(client, text, options, signal),
    close: () => client.close(),
  };
}

async function* listen(
  client: WorkerClient<"write">,
  text: string,
  options: WriteOptions,
  signal: CallOptions["signal"],
): AsyncGenerator<GeneratedToken, WrittenTexts, void> {
  const leave = new AbortController();
  const either = signal === undefined ? leave.signal : AbortSignal.any([signal, leave.signal]);
  let end: Promise<WrittenTexts[]> | undefined;
  const pieces = new ReadableStream<GeneratedToken>({
    start(controller) {
      end = client.call("generate", { texts: [text], options, streams: true }, { signal: either }, (piece) =>
        controller.enqueue(piece),
      );
      end.then(
        () => leave.signal.aborted || controller.close(),
        (error) => controller.error(error),
      );
    },
    cancel: () => leave.abort(),
  });
  yield* pieces;
  return (await end)?.[0] as WrittenTexts;
}

/** Over so many texts a call is bulk work, where it does not say itself. */
const mostInteractive = 8;

function withPriority(inputs: readonly unknown[], { signal, priority }: LooseOptions = {}): CallOptions {
  return {
    priority: priority ?? (inputs.length > mostInteractive ? "bulk" : "interactive"),
    ...(signal && { signal }),
  };
}

type LooseOptions = { readonly [K in keyof CallOptions]: CallOptions[K] | undefined };
