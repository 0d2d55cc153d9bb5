import {
  type ConditionalDensity,
  type GenerateOptions,
  type Generation,
  type ModelCard,
  sentencesOf,
  type TextGenerator,
} from "@bifocal/contracts";
import type { GeneratingEngine } from "../engines/engine.js";
import type { ModelConfig } from "../hub/model-config.js";
import { packSpans, spansThatFit } from "./fitting-spans.js";
import { createGenerator, type PreparePrompt } from "./generate.js";
import { measureLengths } from "./measure-lengths.js";
import { totalUsage } from "./piecewise.js";

/** What is left to summarize, and what was read to get there. */
interface Reduced {
  readonly text: string;
  readonly usages: readonly Generation["usage"][];
  /** Summaries that came out no shorter than what they are of: the answer, as it is. */
  readonly last?: Generation;
}

/**
 * A model that writes summaries, told its task as its training told it ("summarize: " for T5).
 *
 * A text longer than the model's context is summarized in windows of whole sentences, and the summaries of these, one
 * after another, in turn, until they fit. `tokens`, `logProbability` and the options are then those of the last summary.
 */
export function createSummarizer(
  engine: GeneratingEngine,
  card: ModelCard,
  config: ModelConfig,
): TextGenerator & ConditionalDensity {
  const prefix = config.task_specific_params?.summarization?.prefix ?? config.prefix ?? "";
  const prepare: PreparePrompt = (text, options) => (text.trim() === "" ? undefined : { text: prefix + text, options });
  const writer = createGenerator(engine, card, prepare);
  const reduce = reducer(engine, writer, prepare);
  return {
    ...writer,
    async generate(texts, options = {}) {
      const reduced = await Promise.all(texts.map((text) => reduce(text, options)));
      const written = await writer.generate(
        reduced.map(({ text, last }) => (last === undefined ? text : "")),
        { ...options, returnFullText: false },
      );
      return written.map((each, i) => finished(texts[i] as string, reduced[i] as Reduced, each, options));
    },
    async *stream(text, options = {}) {
      const { text: short, last } = await reduce(text, options);
      if (options.returnFullText && text !== "") yield { text };
      if (last !== undefined) yield { text: last.text };
      else yield* writer.stream(short, { ...options, returnFullText: false });
    },
  };
}

function finished(
  text: string,
  { usages, last }: Reduced,
  written: Generation,
  { returnFullText }: GenerateOptions,
): Generation {
  const before = returnFullText ? text : "";
  const answer = last ?? written;
  const usage = totalUsage([...usages, ...(last === undefined ? [written.usage] : [])]);
  const sequences = answer.sequences?.map((each) => ({ ...each, text: before + each.text }));
  return { ...answer, text: before + answer.text, ...(sequences && { sequences }), usage };
}

function reducer(engine: GeneratingEngine, writer: TextGenerator, prepare: PreparePrompt) {
  return async function reduce(text: string, options: GenerateOptions): Promise<Reduced> {
    if ((options.overflow ?? "window") !== "window" || text.trim() === "") return { text, usages: [] };
    const measure = measureLengths(engine, prepare, options);
    // Of the shortest sentence all but one token or so is what stands around every text.
    const { lengths, room } = await measure([text, "."]);
    const [length, around] = lengths as [number, number];
    if (length <= room) return { text, usages: [] };
    const sentences = await spansThatFit(sentencesOf(text), measure);
    const windows = await spansThatFit(packSpans(text, sentences, { room, around: around - 1 }), measure);
    const { returnFullText: _, numReturnSequences: __, ...each } = options;
    const written = await writer.generate(
      windows.map((window) => window.text),
      each,
    );
    const summary = written.map((one) => one.text).join(" ");
    const usages = written.map(({ usage }) => usage);
    if (summary.length >= text.length) return { text, usages, last: { ...(written[0] as Generation), text: summary } };
    const further = await reduce(summary, options);
    return { ...further, usages: [...usages, ...further.usages] };
  };
}
