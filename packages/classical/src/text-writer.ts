import { setImmediate } from "node:timers/promises";
import {
  checkOptions,
  type FinishReason,
  type GeneratedToken,
  type GenerateOptions,
  type Generation,
  refuseOtherOptions,
  type TextGenerator,
  throwIfAborted,
} from "@bifocal/contracts";
import { splitPieces } from "./features/pieces.js";
import type { OpenContext, TrainingContext } from "./learner.js";

/** How many tokens go by before other work gets its turn, an abort among it. */
const turn = 64;

/** How writing ended, and natural log p of all that was drawn, the end included where it was and has one. */
export interface Written {
  readonly finishReason: FinishReason;
  readonly logProbability?: number;
}

/** Writes the continuation of a prompt, piece by piece. */
export type Writer = (prompt: string, options: GenerateOptions) => Generator<GeneratedToken, Written, undefined>;

/** A model that continues a prompt piece by piece; `usage` counts what `split` cuts the prompt into. */
export function createTextWriter(
  { card, trainingTexts }: Partial<OpenContext> & Pick<OpenContext, "card">,
  write: Writer,
  split = splitPieces,
): TextGenerator {
  return {
    card,
    ...(trainingTexts !== undefined && { trainingTexts }),
    async generate(texts, options = {}) {
      checkWriting(card.id, options);
      throwIfAborted(options.signal);
      const generations: Generation[] = [];
      for (const text of texts) {
        const tokens = split(text).length;
        const generation = await continued(write, text, options);
        generations.push({ ...generation, model: card.id, usage: { tokens, windows: 1, truncated: false } });
        await giveWay(options);
      }
      return generations;
    },
    async *stream(text, options = {}) {
      checkWriting(card.id, options);
      if (options.returnFullText === true && text !== "") yield { text };
      yield* written(write, text, options);
    },
    async [Symbol.asyncDispose]() {},
  };
}

const follows = [
  "overflow",
  "maxNewTokens",
  "doSample",
  "temperature",
  "topK",
  "topP",
  "seed",
  "returnFullText",
] as const;

/** @throws {BifocalError} `invalid-input`, `unknown-option`; `unsupported` for what such a writer does not follow. */
function checkWriting(model: string, options: GenerateOptions): void {
  checkOptions("text-generation", options);
  refuseOtherOptions(model, options, follows);
}

/** Lets other work run. @throws {BifocalError} `aborted` once the signal has fired. */
export async function giveWay({ signal }: Pick<TrainingContext, "signal">): Promise<void> {
  await setImmediate();
  throwIfAborted(signal);
}

async function continued(
  write: Writer,
  prompt: string,
  options: GenerateOptions,
): Promise<Omit<Generation, "model" | "usage">> {
  const tokens: string[] = [];
  const writing = written(write, prompt, options);
  let step = await writing.next();
  for (; !step.done; step = await writing.next()) tokens.push(step.value.text);
  return {
    text: (options.returnFullText === true ? prompt : "") + tokens.join(""),
    ...step.value,
    tokens: tokens.length,
  };
}

async function* written(
  write: Writer,
  prompt: string,
  options: GenerateOptions,
): AsyncGenerator<GeneratedToken, Written, undefined> {
  throwIfAborted(options.signal);
  const writing = write(prompt, options);
  let step = writing.next();
  for (let tokens = 1; !step.done; step = writing.next(), tokens++) {
    yield step.value;
    throwIfAborted(options.signal);
    if (tokens % turn === 0) await giveWay(options);
  }
  return step.value;
}
