import { softmax } from "@bifocal/contracts";
import { textEncoder } from "./encode-text.js";
import type { ScoredText } from "./engine.js";
import { framed, frameLength, frameOf } from "./frame.js";
import type { Loaded } from "./loaded.js";
import type { Answer, CallContext } from "./protocol.js";
import { readingWindows } from "./reading-windows.js";
import { rowOf } from "./token-row.js";

/** Scores texts in batches of like length; a text too long is read in windows. */
export function scoreTexts(loaded: Loaded): Answer<"score"> {
  const encode = textEncoder(loaded.tokenizer);
  const frame = frameOf(loaded.tokenizer);
  const room = Math.max(1, loaded.context - frameLength(frame));
  return async ({ texts, options }, context) => {
    const read = texts.map((text) => {
      const ids = encode(text);
      const { windows, truncated } = readingWindows(ids.length, room, options);
      return { rows: windows.map(({ start, end }) => framed(frame, ids.slice(start, end))), windows, truncated };
    });
    const logits = await scoreRows(
      loaded,
      read.flatMap(({ rows }) => rows),
      context,
    );
    const scored = logits.values();
    return read.map(({ rows, windows, truncated }): ScoredText => {
      const own = rows.map(() => scored.next().value as Float32Array);
      const tokens = rows.reduce((sum, { length }) => sum + length, 0);
      return {
        logits: pooled(
          own,
          windows.map(({ from, to }) => to - from),
        ),
        usage: { tokens, windows: rows.length, truncated },
      };
    });
  };
}

/**
 * The logits whose softmax is the mean of the windows' probabilities, each window weighted by the part of the text that it
 * answers for: what the model says of a token's surroundings, the token drawn at random. Unlike a mean of logits it gives a
 * single window that is very sure no more than its share.
 */
export function pooled(windows: readonly ArrayLike<number>[], weights: readonly number[]): ArrayLike<number> {
  const [first, ...others] = windows;
  if (first === undefined || others.length === 0) return first ?? [];
  const probabilities = windows.map(softmax);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return Float64Array.from(first, (_, label) => {
    const mean = probabilities.reduce(
      (sum, each, i) => sum + ((weights[i] as number) / total) * (each[label] as number),
      0,
    );
    return Math.log(Math.max(mean, Number.MIN_VALUE));
  });
}

/** The logits of each row of ids: of a text its labels', of tokens one label's after another's for each token. */
export function scoreRows(
  { rows: scheduler }: Loaded,
  rows: readonly (readonly number[])[],
  context: CallContext,
): Promise<Float32Array[]> {
  return scheduler.run(
    rows.map((ids) => rowOf(ids)),
    context,
  );
}
