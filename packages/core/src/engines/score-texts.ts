import type { ScoredText } from "./engine.js";
import type { Loaded } from "./loaded.js";
import type { Answer, CallContext } from "./protocol.js";
import { readTokens } from "./read-tokens.js";

/** Scores texts in batches of like length; a text too long keeps its start, and says so. */
export function scoreTexts(loaded: Loaded): Answer<"score"> {
  const encode = (text: string): number[] => loaded.tokenizer.encode(text);
  return async (texts, context) => {
    const read = texts.map((text) => readTokens(encode, text, loaded.context, "start"));
    const logits = await scoreRows(
      loaded,
      read.map(({ ids }) => ids),
      context,
    );
    return read.map(
      ({ ids, truncated }, i): ScoredText => ({
        logits: logits[i] as Float32Array,
        usage: { tokens: ids.length, windows: 1, truncated },
      }),
    );
  };
}

/** The logits of each row of ids: of a text its labels', of tokens one label's after another's for each token. */
export function scoreRows(
  { rows: scheduler }: Loaded,
  rows: readonly (readonly number[])[],
  context: CallContext,
): Promise<Float32Array[]> {
  return scheduler.run(rows, context);
}
