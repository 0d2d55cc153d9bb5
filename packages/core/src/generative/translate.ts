import type { ConditionalDensity, ModelCard, TextGenerator } from "@bifocal/contracts";
import type { GeneratingEngine, WriteOptions } from "../engines/engine.js";
import type { ModelConfig } from "../hub/model-config.js";
import { createGenerator, type Prompt } from "./generate.js";

/**
 * A model that translates. A pair of languages that the model knows by a prefix (`translation_en_to_de` in T5's
 * configuration) becomes that prefix; others go to the engine, which knows the tokenizer's codes.
 */
export function createTranslator(
  engine: GeneratingEngine,
  card: ModelCard,
  config: ModelConfig,
): TextGenerator & ConditionalDensity {
  return createGenerator(engine, card, (text, options) =>
    text.trim() === "" ? undefined : promptOf(text, options, config),
  );
}

function promptOf(text: string, options: WriteOptions, config: ModelConfig): Prompt {
  const { sourceLanguage, targetLanguage, ...others } = options;
  const prefix = config.task_specific_params?.[`translation_${sourceLanguage}_to_${targetLanguage}`]?.prefix;
  if (prefix !== undefined) return { text: prefix + text, options: others };
  return { text: (config.prefix ?? "") + text, options };
}
