import { BifocalError, type SequenceWindow, windowsOver } from "@bifocal/contracts";
import type { WindowOptions } from "./engine.js";

export interface ReadingWindows {
  readonly windows: readonly SequenceWindow[];
  readonly truncated: boolean;
}

/**
 * The windows in which a text of so many tokens is read.
 * @param room how many of them fit at once
 * @param stride how many a window shares with the next, where the call does not say
 * @throws {BifocalError} `too-large` where the call would rather fail, `invalid-input` where windows share all that fits.
 */
export function readingWindows(
  tokens: number,
  room: number,
  { overflow = "window", stride = Math.floor(room / 4) }: WindowOptions,
): ReadingWindows {
  if (stride >= room)
    throw new BifocalError("invalid-input", `stride must be below ${room}: the model reads no more tokens at once.`);
  if (tokens <= room) return { windows: windowsOver(tokens, room, 0), truncated: false };
  if (overflow === "error") throw tooLong(tokens, room);
  const read = overflow === "truncate" ? room : tokens;
  return { windows: windowsOver(read, room, stride), truncated: read < tokens };
}

/** @param room how many tokens of a text fit */
export function tooLong(tokens: number, room: number): BifocalError {
  return new BifocalError(
    "too-large",
    `A text of ${tokens} tokens is longer than the model reads at once (${room}). Cut it, or set overflow to "window" or "truncate".`,
  );
}
