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
import type { ModelThread } from "./model-thread.js";

/** The scoring engine that a worker is. */
export function remoteScoring(thread: ModelThread<"score">, labels: readonly string[]): ScoringEngine {
  return {
    labels,
    score: (texts, options) =>
      thread.call("score", { texts, options: windowOptions(options) }, withPriority(texts, options)),
    close: () => thread.close(),
  };
}

/** The engine that scores pairs of texts, which a worker is. */
export function remotePairScoring(thread: ModelThread<"score">, labels: readonly string[]): PairScoringEngine {
  return {
    labels,
    scorePairs: (texts, seconds, options) =>
      thread.call("scorePairs", { texts, seconds, options: windowOptions(options) }, withPriority(texts, options)),
    close: () => thread.close(),
  };
}

/** The token-scoring engine that a worker is. */
export function remoteTokenScoring(thread: ModelThread<"scoreWords">, labels: readonly string[]): TokenScoringEngine {
  return {
    labels,
    scoreWords: (words, options) => thread.call("scoreWords", words, withPriority(words, options)),
    scoreTokens: (texts, options) =>
      thread.call("scoreTokens", { texts, options: windowOptions(options) }, withPriority(texts, options)),
    close: () => thread.close(),
  };
}

/** The embedding engine that a worker is. */
export function remoteEmbedding(thread: ModelThread<"embed">, dimensions: number): EmbeddingEngine {
  return {
    dimensions,
    embed: (texts, options) => thread.call("embed", texts, withPriority(texts, options)),
    close: () => thread.close(),
  };
}

function windowOptions({ overflow, stride }: WindowOptions = {}): WindowOptions {
  return { ...(overflow !== undefined && { overflow }), ...(stride !== undefined && { stride }) };
}

/** The generating engine that a worker is. One who stops listening stops the writing. */
export function remoteGenerating(thread: ModelThread<"write">): GeneratingEngine & ChattingEngine {
  return {
    chat: (messages, options) => thread.call("chat", messages, options),
    count(texts, options = {}) {
      const { call, own: languages } = splitOptions(options);
      return thread.call("count", { texts, languages }, withPriority(texts, call));
    },
    generate(texts, options = {}) {
      const { call, own } = splitOptions(options);
      return thread.call("generate", { texts, options: own, streams: false }, withPriority(texts, call));
    },
    measure(pairs, options = {}) {
      const { call, own: languages } = splitOptions(options);
      return thread.call("measure", { pairs, languages }, withPriority(pairs, call));
    },
    stream(text, options = {}) {
      const { call, own } = splitOptions(options);
      return listen(thread, text, own, call);
    },
    close: () => thread.close(),
  };
}

async function* listen(
  thread: ModelThread<"write">,
  text: string,
  options: WriteOptions,
  { signal, ...call }: CallOptions,
): AsyncGenerator<GeneratedToken, WrittenTexts, void> {
  const leave = new AbortController();
  const either = signal === undefined ? leave.signal : AbortSignal.any([signal, leave.signal]);
  let end: Promise<WrittenTexts[]> | undefined;
  const pieces = new ReadableStream<GeneratedToken>({
    start(controller) {
      end = thread.call("generate", { texts: [text], options, streams: true }, { ...call, signal: either }, (piece) =>
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
