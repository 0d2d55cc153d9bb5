import { type GenerateOptions, splitOptions, throwIfOver } from "@bifocal/contracts";
import type { GeneratingEngine } from "../engines/engine.js";
import type { MeasureLengths } from "./fitting-spans.js";
import type { PreparePrompt } from "./generate.js";

/** How long texts are in an engine's tokens, with all that is put around them; nothing is written about nothing. */
export function measureLengths(
  engine: GeneratingEngine,
  prepare: PreparePrompt,
  options: GenerateOptions,
): MeasureLengths {
  const { call, own } = splitOptions(options);
  const { sourceLanguage, targetLanguage } = own;
  return async (texts) => {
    throwIfOver(call);
    const asked = { ...(sourceLanguage && { sourceLanguage }), ...(targetLanguage && { targetLanguage }) };
    const prompts = texts.map((text) => prepare(text, asked));
    const languages = prompts.find((prompt) => prompt !== undefined)?.options;
    const { tokens, room } = await engine.count(
      prompts.map((prompt) => prompt?.text ?? ""),
      { ...languages, ...call },
    );
    return { lengths: tokens, room };
  };
}
