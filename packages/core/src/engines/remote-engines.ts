import { type CallOptions, type GeneratedToken, splitOptions } from "@bifocal/contracts";
import type {
  ChattingEngine,
  EmbeddingEngine,
  GeneratingEngine,
  PairScoringEngine,
  ScoringEngine,
  TokenScoringEngine,
  WindowOptions,
  WriteOptions,
  WrittenTexts,
} from "./engine.js";
import type { ModelWorker } from "./model-worker.js";

/** The scoring engine that a worker is. */
export function remoteScoring(worker: ModelWorker<"score">, labels: readonly string[]): ScoringEngine {
  return {
    labels,
    score: (texts, options) =>
      worker.call("score", { texts, options: windowOptions(options) }, withPriority(texts, options)),
    close: () => worker.close(),
  };
}

/** The engine that scores pairs of texts, which a worker is. */
export function remotePairScoring(worker: ModelWorker<"score">, labels: readonly string[]): PairScoringEngine {
  return {
    labels,
    scorePairs: (texts, seconds, options) =>
      worker.call("scorePairs", { texts, seconds, options: windowOptions(options) }, withPriority(texts, options)),
    close: () => worker.close(),
  };
}

/** The token-scoring engine that a worker is. */
export function remoteTokenScoring(worker: ModelWorker<"scoreWords">, labels: readonly string[]): TokenScoringEngine {
  return {
    labels,
    scoreWords: (words, options) => worker.call("scoreWords", words, withPriority(words, options)),
    scoreTokens: (texts, options) =>
      worker.call("scoreTokens", { texts, options: windowOptions(options) }, withPriority(texts, options)),
    close: () => worker.close(),
  };
}

/** The embedding engine that a worker is. */
export function remoteEmbedding(worker: ModelWorker<"embed">, dimensions: number): EmbeddingEngine {
  return {
    dimensions,
    embed: (texts, options) => worker.call("embed", texts, withPriority(texts, options)),
    close: () => worker.close(),
  };
}

function windowOptions({ overflow, stride }: WindowOptions = {}): WindowOptions {
  return { ...(overflow !== undefined && { overflow }), ...(stride !== undefined && { stride }) };
}

/** The generating engine that a worker is. One who stops listening stops the writing. */
export function remoteGenerating(worker: ModelWorker<"write">): GeneratingEngine & ChattingEngine {
  return {
    chat: (messages, options) => worker.call("chat", messages, options),
    count(texts, options = {}) {
      const { call, own: languages } = splitOptions(options);
      return worker.call("count", { texts, languages }, withPriority(texts, call));
    },
    generate(texts, options = {}) {
      const { call, own } = splitOptions(options);
      return worker.call("generate", { texts, options: own, streams: false }, withPriority(texts, call));
    },
    measure(pairs, options = {}) {
      const { call, own: languages } = splitOptions(options);
      return worker.call("measure", { pairs, languages }, withPriority(pairs, call));
    },
    stream(text, options = {}) {
      const { call, own } = splitOptions(options);
      return listen(worker, text, own, call);
    },
    close: () => worker.close(),
  };
}

async function* listen(
  worker: ModelWorker<"write">,
  text: string,
  options: WriteOptions,
  { signal, ...call }: CallOptions,
): AsyncGenerator<GeneratedToken, WrittenTexts, void> {
  const leave = new AbortController();
  const either = signal === undefined ? leave.signal : AbortSignal.any([signal, leave.signal]);
  let end: Promise<WrittenTexts[]> | undefined;
  const pieces = new ReadableStream<GeneratedToken>({
    start(controller) {
      end = worker.call("generate", { texts: [text], options, streams: true }, { ...call, signal: either }, (piece) =>
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

function withPriority(inputs: readonly unknown[], options: CallOptions = {}): CallOptions {
  return { priority: inputs.length > mostInteractive ? "bulk" : "interactive", ...splitOptions(options).call };
}
