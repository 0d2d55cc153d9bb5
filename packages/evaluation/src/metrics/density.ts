import type { LogProbability } from "@bifocal/contracts";
import type { Counts, Metric } from "../metric.js";

/** What is said of features alone is no text's, and counts nothing. */
function countDensity(_: string, { logProbability, tokens, bytes, over }: LogProbability): Counts {
  return over === "text" ? { nats: -logProbability, tokens, bytes } : {};
}

/** −log₂ p(texts) / bytes of UTF-8, at least 0; lower is better. Models of text are compared by it, however they cut texts. */
export const bitsPerByte: Metric<string, LogProbability> = {
  name: "bitsPerByte",
  signature: "bitsPerByte|ends:yes|v:1",
  better: "lower",
  count: countDensity,
  score: ({ nats = 0, bytes = 0 }) => (bytes === 0 ? undefined : nats / bytes / Math.LN2),
};

/** p(texts)^(−1 / tokens), the end of each text a token; lower is better among models that cut texts alike. */
export const perplexity: Metric<string, LogProbability> = {
  name: "perplexity",
  signature: "perplexity|per:token|ends:yes|v:1",
  better: "lower",
  count: countDensity,
  score: ({ nats = 0, tokens = 0 }) => (tokens === 0 ? undefined : Math.exp(nats / tokens)),
};
