import {
  type ConditionalDensity,
  type Density,
  type LogProbability,
  splitOptions,
  throwIfOver,
} from "@bifocal/contracts";
import type { GeneratingEngine, Measure } from "../engines/engine.js";
import type { PreparePrompt } from "./generate.js";

/** How likely a text is, as an engine measures it: from its first token to its end. */
export function densityOf(engine: GeneratingEngine): Density {
  return {
    async logProbability(texts, options = {}) {
      throwIfOver(options);
      const pairs = texts.map((text) => ({ text }));
      const measures = await engine.measure(pairs, options);
      return measures.map((measure, i) => answerOf(measure, texts[i] as string, "text"));
    },
  };
}

/** How likely a text is after another, which is told to the model as it is told what to write from. */
export function conditionalDensityOf(
  engine: GeneratingEngine,
  prepare: PreparePrompt = (text, options) => ({ text, options }),
): ConditionalDensity {
  return {
    async logProbabilityGiven(pairs, options = {}) {
      const { call, own: languages } = splitOptions(options);
      throwIfOver(call);
      const prompts = pairs.map(({ given }) => prepare(given, languages) ?? { text: given, options: languages });
      const asked = pairs.map(({ text }, i) => ({ text, given: prompts[i]?.text ?? "" }));
      const measures = await engine.measure(asked, { ...prompts[0]?.options, ...call });
      return measures.map((measure, i) => answerOf(measure, asked[i]?.text ?? "", "text-given-another"));
    },
  };
}

function answerOf(measure: Measure, text: string, over: LogProbability["over"]): LogProbability {
  return { ...measure, bytes: Buffer.byteLength(text), over };
}
