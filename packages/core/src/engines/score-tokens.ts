import { tokenFinder } from "../alignment/token-offsets.js";
import { labelsOf } from "../hub/model-config.js";
import type { ScoredTokens, WindowOptions } from "./engine.js";
import { type Frame, framed, frameLength, frameOf } from "./frame.js";
import type { Loaded } from "./loaded.js";
import type { Answer } from "./protocol.js";
import { type ReadingWindows, readingWindows } from "./reading-windows.js";
import { scoreRows } from "./score-texts.js";

/** A text's tokens, and the rows of ids in which they are read. */
interface ReadText extends ReadingWindows {
  readonly tokens: Omit<ScoredTokens, "logits" | "usage">;
  readonly rows: readonly (readonly number[])[];
}

/** Scores every token of texts; each is answered by the window that sees most around it. */
export function scoreTokens(loaded: Loaded): Answer<"scoreTokens"> {
  const read = textReader(loaded);
  const frame = frameOf(loaded.tokenizer);
  const labels = labelsOf(loaded.config).length;
  return async ({ texts, options }, context) => {
    const all = texts.map((text) => read(text, frame, options));
    const logits = await scoreRows(
      loaded,
      all.flatMap(({ rows }) => rows),
      context,
    );
    const scored = logits.values();
    return all.map((text): ScoredTokens => {
      const own = text.rows.map(() => scored.next().value as Float32Array);
      return { ...text.tokens, logits: merged(text, own, frame, labels), usage: usageOf(text) };
    });
  };
}

function textReader({ tokenizer, context }: Loaded) {
  const find = tokenFinder(tokenizer);
  return (text: string, frame: Frame, options: WindowOptions): ReadText => {
    const found = find(text);
    const { windows, truncated } = readingWindows(found.length, Math.max(1, context - frameLength(frame)), options);
    const read = found.slice(0, windows.at(-1)?.end);
    const tokens = {
      starts: Int32Array.from(read, ({ start }) => start),
      ends: Int32Array.from(read, ({ end }) => end),
      begins: Uint8Array.from(read, ({ begins }) => Number(begins)),
    };
    const ids = read.map(({ id }) => id);
    return { windows, truncated, tokens, rows: windows.map(({ start, end }) => framed(frame, ids.slice(start, end))) };
  };
}

function merged(
  { windows, tokens }: ReadText,
  rows: readonly Float32Array[],
  { opening }: Frame,
  labels: number,
): Float32Array {
  const logits = new Float32Array(tokens.starts.length * labels);
  for (const [i, { start, from, to }] of windows.entries()) {
    const first = opening.length + from - start;
    logits.set((rows[i] as Float32Array).subarray(first * labels, (first + to - from) * labels), from * labels);
  }
  return logits;
}

function usageOf({ rows, truncated }: ReadText): ScoredTokens["usage"] {
  return { tokens: rows.reduce((sum, { length }) => sum + length, 0), windows: rows.length, truncated };
}
