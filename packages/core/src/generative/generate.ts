import {
  BifocalError,
  type CallOptions,
  checkOptions,
  type GeneratedToken,
  type GenerateOptions,
  type Generation,
  type ModelCard,
  type TextGenerator,
  throwIfAborted,
} from "@bifocal/contracts";
import type { GeneratingEngine, WriteOptions, WrittenEnd } from "../engines/engine.js";

/** What an engine is given to read. */
export interface Prompt {
  readonly text: string;
  readonly options: WriteOptions;
}

/** Makes an engine's prompt of a text and options; none where there is nothing to write about. */
export type PreparePrompt = (text: string, options: WriteOptions) => Prompt | undefined;

type Writing = AsyncGenerator<GeneratedToken, WrittenEnd, void>;

/** A model that writes, on any engine that generates. One text after another: batches only wait for their longest. */
export function createGenerator(
  engine: GeneratingEngine,
  card: ModelCard,
  prepare: PreparePrompt = (text, options) => ({ text, options }),
): TextGenerator {
  const write = (text: string, options: GenerateOptions): Writing => writeOne(engine, prepare, text, options);
  return {
    card,
    async generate(texts, options = {}) {
      refuseUnfit(card, options);
      const generations: Generation[] = [];
      for (const text of texts) generations.push({ ...(await collect(write(text, options))), model: card.id });
      return generations;
    },
    async *stream(text, options = {}) {
      refuseUnfit(card, options);
      yield* write(text, options);
    },
    [Symbol.asyncDispose]: () => engine.close(),
  };
}

function refuseUnfit(card: ModelCard, options: GenerateOptions): void {
  throwIfAborted(options.signal);
  checkOptions(card.task, options);
  if (options.sentences === undefined) return;
  throw new BifocalError(
    "unsupported",
    `${card.id} writes freely, and cannot be told how many sentences. Use maxNewTokens, or an extractive model.`,
  );
}

async function* writeOne(
  engine: GeneratingEngine,
  prepare: PreparePrompt,
  text: string,
  { signal, returnFullText, sentences: _, ...options }: GenerateOptions,
): Writing {
  if (returnFullText && text !== "") yield { text };
  const prompt = prepare(text, options);
  if (prompt === undefined) return nothing;
  const call: WriteOptions & CallOptions = { ...prompt.options, ...(signal && { signal }) };
  return yield* engine.generate(prompt.text, call);
}

const nothing: WrittenEnd = {
  finishReason: "empty",
  tokens: 0,
  logProbability: 0,
  usage: { tokens: 0, windows: 1, truncated: false },
};

async function collect(writing: Writing): Promise<Omit<Generation, "model">> {
  let text = "";
  for (;;) {
    const step = await writing.next();
    if (step.done) return { text, ...step.value };
    text += step.value.text;
  }
}
