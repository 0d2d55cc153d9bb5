import { BifocalError } from "@bifocal/contracts";
import { textEncoder } from "./encode-text.js";
import type { ScoredPairs } from "./engine.js";
import type { Loaded } from "./loaded.js";
import { pairFrameLength, pairFrameOf, pairRow } from "./pair-frame.js";
import type { Answer } from "./protocol.js";
import { readingWindows } from "./reading-windows.js";

/**
 * Scores every text beside each of some others, all pairs in batches of like length. A text too long is read in windows,
 * the same ones beside each of the others.
 */
export function scorePairs(loaded: Loaded): Answer<"scorePairs"> {
  const encode = textEncoder(loaded.tokenizer);
  return async ({ texts, seconds, options }, context) => {
    const frame = pairFrameOf(loaded.tokenizer);
    const others = seconds.map(encode);
    const room = roomBeside(others, loaded.context - pairFrameLength(frame));
    const read = texts.map((text) => {
      const ids = encode(text);
      const { windows, truncated } = readingWindows(ids.length, room, options);
      const rows = windows.flatMap(({ start, end }) =>
        others.map((other) => pairRow(frame, ids.slice(start, end), other)),
      );
      return { rows, windows, truncated };
    });
    const logits = await loaded.rows.run(
      read.flatMap(({ rows }) => rows),
      context,
    );
    const scored = logits.values();
    return read.map(
      ({ rows, windows, truncated }): ScoredPairs => ({
        windows: windows.map(({ from, to }) => ({
          weight: to - from,
          logits: others.map(() => scored.next().value as Float32Array),
        })),
        usage: { tokens: rows.reduce((sum, { length }) => sum + length, 0), windows: windows.length, truncated },
      }),
    );
  };
}

/** How many tokens of a text fit beside the longest of the others. @throws {BifocalError} `invalid-input` where none does. */
function roomBeside(others: readonly (readonly number[])[], room: number): number {
  const longest = Math.max(0, ...others.map(({ length }) => length));
  if (longest < room) return room - longest;
  throw new BifocalError(
    "invalid-input",
    `A label's text of ${longest} tokens leaves no room for what is read beside it (${room} tokens for both). Say it shorter.`,
  );
}
