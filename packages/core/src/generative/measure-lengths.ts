import { type GenerateOptions, throwIfAborted } from "@bifocal/contracts";
import type { GeneratingEngine } from "../engines/engine.js";
import type { MeasureLengths } from "./fitting-spans.js";
import type { PreparePrompt } from "./generate.js";

/** How long texts are in an engine's tokens, with all that is put around them; nothing is written about nothing. */
export function measureLengths(
  engine: GeneratingEngine,
  prepare: PreparePrompt,
  { signal, sourceLanguage, targetLanguage }: GenerateOptions,
): MeasureLengths {
  return async (texts) => {
    throwIfAborted(signal);
    const asked = { ...(sourceLanguage && { sourceLanguage }), ...(targetLanguage && { targetLanguage }) };
    const prompts = texts.map((text) => prepare(text, asked));
    const languages = prompts.find((prompt) => prompt !== undefined)?.options;
    const { tokens, room } = await engine.count(
      prompts.map((prompt) => prompt?.text ?? ""),
      { ...languages, ...(signal && { signal }) },
    );
    return { lengths: tokens, room };
  };
}
