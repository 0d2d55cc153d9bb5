import {
  BifocalError,
  type ConditionalDensity,
  type ModelCard,
  paragraphsOf,
  sentencesOf,
  type TextGenerator,
} from "@bifocal/contracts";
import type { GeneratingEngine, WriteOptions } from "../engines/engine.js";
import type { ModelConfig } from "../hub/model-config.js";
import { spansThatFit } from "./fitting-spans.js";
import { createGenerator, type PreparePrompt, type Prompt } from "./generate.js";
import { measureLengths } from "./measure-lengths.js";
import { type CutIntoPieces, piecewise } from "./piecewise.js";

/**
 * A model that translates. A pair of languages that the model knows by a prefix (`translation_en_to_de` in T5's
 * configuration) becomes that prefix; others go to the engine, which knows the tokenizer's codes.
 *
 * A text longer than the model's context is translated sentence by sentence, one that fits paragraph by paragraph; the
 * white space between stays as it is.
 * @throws {BifocalError} when called: `invalid-input` where both languages are the same, or the model does not know one.
 */
export function createTranslator(
  engine: GeneratingEngine,
  card: ModelCard,
  config: ModelConfig,
): TextGenerator & ConditionalDensity {
  const prepare: PreparePrompt = (text, options) => (text.trim() === "" ? undefined : promptOf(text, options, config));
  return piecewise(createGenerator(engine, card, prepare), piecesOf(engine, prepare));
}

function piecesOf(engine: GeneratingEngine, prepare: PreparePrompt): CutIntoPieces {
  return async (texts, options) => {
    if ((options.overflow ?? "window") !== "window" || texts.length === 0) return texts.map(() => []);
    const measure = measureLengths(engine, prepare, options);
    const { lengths, room } = await measure(texts);
    const isLong = lengths.map((length) => length > room);
    return Promise.all(
      texts.map((text, i) => (isLong[i] ? spansThatFit(sentencesOf(text), measure) : paragraphsOf(text))),
    );
  };
}

function promptOf(text: string, options: WriteOptions, config: ModelConfig): Prompt {
  const { sourceLanguage, targetLanguage, ...others } = options;
  if (sourceLanguage !== undefined && sourceLanguage === targetLanguage)
    throw new BifocalError(
      "invalid-input",
      `sourceLanguage and targetLanguage are both "${sourceLanguage}". Leave one of them out, or name another language.`,
    );
  const prefix = config.task_specific_params?.[`translation_${sourceLanguage}_to_${targetLanguage}`]?.prefix;
  if (prefix !== undefined) return { text: prefix + text, options: others };
  return { text: (config.prefix ?? "") + text, options };
}
