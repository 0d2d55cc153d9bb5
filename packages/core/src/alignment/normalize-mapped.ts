import { follow, type MappedText } from "./mapped-text.js";
import { relateStep, type Step } from "./relate-step.js";
import type { Normalizer } from "./tokenizer-parts.js";

/** The settings by which the library changes a text before its normalizer does. */
export interface CleaningConfig {
  readonly remove_space?: boolean;
  readonly do_lowercase_and_remove_accent?: boolean;
}

/** What a tokenizer does to a text before it cuts it, step by step. */
export function normalizerSteps(normalizer: Normalizer | null, config: CleaningConfig): Step[] {
  const own: Step[] = [];
  if (config.remove_space === true) own.push({ apply: (text) => text.trim() }, replacing(/\s+/gu, " "));
  if (config.do_lowercase_and_remove_accent === true)
    own.push({ apply: (text) => text.toLowerCase() }, replacing(/\p{M}/gu, ""));
  return [...own, ...stepsOf(normalizer)];
}

function replacing(pattern: RegExp, content: string): Step {
  return { apply: (text) => text.replaceAll(pattern, content), replaces: { pattern, content } };
}

function stepsOf(normalizer: Normalizer | null): Step[] {
  if (normalizer === null) return [];
  const { normalizers, pattern, config } = normalizer;
  if (normalizers !== undefined) return normalizers.flatMap(stepsOf);
  const apply = (text: string): string => normalizer.normalize(text);
  return [{ apply, ...(pattern && { replaces: { pattern, content: String(config.content ?? "") } }) }];
}

/** A text after all steps, mapped to where it came from. */
export function normalizeMapped(steps: readonly Step[], text: MappedText): MappedText {
  return steps.reduce((input, step) => {
    const output = step.apply(input.text);
    return output === input.text ? input : follow(input, output, relateStep(step, input.text, output));
  }, text);
}
