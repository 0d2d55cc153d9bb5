import { checkOptions, type Density, type Model, type TextGenerator, throwIfAborted } from "@bifocal/contracts";
import { cardOf } from "./word-models.js";

/** Summarizes by the first sentences, each up to a full stop; one where nobody says how many. */
export function firstSentences(id: string): TextGenerator {
  const summaryOf = (text: string, sentences: number): string =>
    (text.match(/[^.]+\./g) ?? []).slice(0, sentences).join("");
  return {
    card: cardOf(id, "summarization"),
    async generate(texts, options = {}) {
      checkOptions("summarization", options);
      throwIfAborted(options.signal);
      return texts.map((text) => ({
        text: summaryOf(text, options.sentences ?? 1),
        finishReason: "end",
        tokens: 1,
        model: id,
        usage: { tokens: 1, windows: 1, truncated: false },
      }));
    },
    async *stream(text, { sentences = 1 } = {}) {
      yield { text: summaryOf(text, sentences) };
    },
    async [Symbol.asyncDispose]() {},
  };
}

/** Finds each byte as likely as the fall of a coin; two bytes are a token. */
export function coin(over: "text" | "features"): Model & Density {
  return {
    card: cardOf("coin", "text-generation"),
    async logProbability(texts, { signal } = {}) {
      throwIfAborted(signal);
      return texts.map((text) => ({
        logProbability: -text.length * Math.LN2,
        tokens: text.length / 2,
        bytes: text.length,
        over,
      }));
    },
    async [Symbol.asyncDispose]() {},
  };
}
