import {
  BifocalError,
  type ConditionalDensity,
  checkOptions,
  type GenerateOptions,
  type Generation,
  type ModelCard,
  splitOptions,
  type TextGenerator,
  throwIfOver,
  type WrittenText,
} from "@bifocal/contracts";
import type { GeneratingEngine, WriteOptions, WrittenTexts } from "../engines/engine.js";
import { conditionalDensityOf } from "./density.js";

/** What an engine is given to read. */
export interface Prompt {
  readonly text: string;
  readonly options: WriteOptions;
}

/** Makes an engine's prompt of a text and options, the same options for every text; none where there is nothing to write about. */
export type PreparePrompt = (text: string, options: WriteOptions) => Prompt | undefined;

/** A model that writes, on any engine that generates. */
export function createGenerator(
  engine: GeneratingEngine,
  card: ModelCard,
  prepare: PreparePrompt = (text, options) => ({ text, options }),
): TextGenerator & ConditionalDensity {
  return {
    card,
    ...conditionalDensityOf(engine, prepare),
    async generate(texts, options = {}) {
      refuseUnfit(card, options);
      const written = await writeAll(engine, prepare, texts, options);
      return written.map((each, i) => generationOf(each, texts[i] as string, options, card.id));
    },
    async *stream(text, options = {}) {
      refuseUnfit(card, options);
      if ((options.numReturnSequences ?? 1) > 1)
        throw new BifocalError(
          "unsupported",
          "A stream is of one text: leave out numReturnSequences, or call generate.",
        );
      if (options.returnFullText && text !== "") yield { text };
      const { call, engineOptions } = partsOf(options);
      const prompt = prepare(text, engineOptions);
      if (prompt !== undefined) yield* engine.stream(prompt.text, { ...prompt.options, ...call });
    },
    [Symbol.asyncDispose]: () => engine.close(),
  };
}

function refuseUnfit(card: ModelCard, options: GenerateOptions): void {
  throwIfOver(options);
  checkOptions(card.task, options);
  if (options.systemPrompt !== undefined && !options.chat)
    throw new BifocalError("invalid-input", "systemPrompt is for chat: set it too, or leave systemPrompt out.");
  if (options.chat && card.task !== "text-generation")
    throw new BifocalError(
      "unsupported",
      `${card.id} does not answer messages: it is for ${card.task}. Leave chat out.`,
    );
  if (options.sentences === undefined) return;
  throw new BifocalError(
    "unsupported",
    `${card.id} writes freely, and cannot be told how many sentences. Use maxNewTokens, or an extractive model.`,
  );
}

/** The options that reach an engine. */
function partsOf(options: GenerateOptions) {
  const { call, own } = splitOptions(options);
  const { returnFullText: _, sentences: __, ...engineOptions } = own;
  return { call, engineOptions };
}

const nothing: WrittenTexts = { sequences: [], usage: { tokens: 0, windows: 1, truncated: false } };

/** Texts whose prompts take the same options go to the engine together; what there is nothing to write about does not. */
async function writeAll(
  engine: GeneratingEngine,
  prepare: PreparePrompt,
  texts: readonly string[],
  options: GenerateOptions,
): Promise<WrittenTexts[]> {
  const { call, engineOptions } = partsOf(options);
  const prompts = texts.map((text) => prepare(text, engineOptions));
  const asked = prompts.flatMap((prompt) => prompt ?? []);
  const [first] = asked;
  if (first === undefined) return texts.map(() => nothing);
  const written = await engine.generate(
    asked.map(({ text }) => text),
    { ...first.options, ...call },
  );
  const answers = written.values();
  return prompts.map((prompt) => (prompt === undefined ? nothing : (answers.next().value ?? nothing)));
}

const unwritten: WrittenText = { text: "", finishReason: "empty", tokens: 0, logProbability: 0 };

function generationOf(
  { sequences, usage }: WrittenTexts,
  prompt: string,
  { returnFullText, numReturnSequences = 1 }: GenerateOptions,
  model: string,
): Generation {
  const before = returnFullText ? prompt : "";
  const whole = sequences.map((each) => ({ ...each, text: before + each.text }));
  const first = whole[0] ?? { ...unwritten, text: before };
  return { ...first, ...(numReturnSequences > 1 && { sequences: whole }), model, usage };
}
