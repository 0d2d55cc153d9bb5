import { expect, test } from "vitest";
import { createPieceDecoder } from "./piece-decoder.js";

/** Ids are bytes; a leading space is dropped, as sentencepiece does. */
const decode = (ids: number[]): string => Buffer.from(ids).toString().replace(/^ /, "");

function piecesOf(text: string, before = ""): string[] {
  const decoder = createPieceDecoder(decode, [...Buffer.from(before)]);
  return [...Array.from(Buffer.from(text), (id) => decoder.push(id)), decoder.rest()];
}

test("tells a character only once it is whole", () => {
  expect(piecesOf("a🙂b")).toEqual(["a", "", "", "", "🙂", "b", ""]);
});

test("keeps the space between a prompt and what follows it, and drops the one at the start", () => {
  expect(piecesOf(" time", "Once upon a").join("")).toBe(" time");
  expect(piecesOf(" time").join("")).toBe("time");
});

test("joins to the whole text", () => {
  const text = "naïve café — 東京 👩‍👩‍👧‍👦, and some more words.";
  expect(piecesOf(text, "Before: ").join("")).toBe(text);
});

test("tells a character left unfinished at the end", () => {
  const decoder = createPieceDecoder(decode, []);
  for (const byte of Buffer.from("🙂").subarray(0, 2)) expect(decoder.push(byte)).toBe("");
  expect(decoder.rest()).toBe("\ufffd");
});
