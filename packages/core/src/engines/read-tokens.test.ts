import { expect, test } from "vitest";
import { readTokens } from "./read-tokens.js";

const opens = -1;
const closes = -2;

/** An id for each code point, in a frame. */
function encode(text: string): number[] {
  return [opens, ...Array.from(text, (character) => character.codePointAt(0) as number), closes];
}

const codes = (text: string): number[] => encode(text).slice(1, -1);

test("reads a text that fits as it is", () => {
  expect(readTokens(encode, "abc", 5, "start")).toEqual({ ids: encode("abc"), truncated: false });
});

test("keeps the start, and the special tokens around it", () => {
  expect(readTokens(encode, "abcdef", 5, "start")).toEqual({ ids: encode("abc"), truncated: true });
});

test("keeps the end, and the special token before it", () => {
  expect(readTokens(encode, "abcdef", 5, "end")).toEqual({ ids: [opens, ...codes("def"), closes], truncated: true });
});

test("keeps the end without special tokens", () => {
  expect(readTokens(codes, "abcdef", 4, "end").ids).toEqual(codes("cdef"));
});

test("never breaks a pair of surrogates that it keeps", () => {
  for (const before of ["", "a"]) {
    const text = before + "🙂".repeat(400);
    expect(readTokens(encode, text, 12, "start").ids).toEqual(encode(before + "🙂".repeat(10 - before.length)));
    expect(readTokens(encode, text, 12, "end").ids).toEqual(encode("🙂".repeat(10)));
  }
});

test("looks at no more of a long text than it needs", () => {
  const seen: number[] = [];
  const counting = (text: string): number[] => {
    seen.push(text.length);
    return encode(text);
  };
  expect(readTokens(counting, "a".repeat(1_000_000), 10, "start").ids).toHaveLength(10);
  expect(Math.max(...seen)).toBe(160);
});

test("looks on where much text gives few tokens", () => {
  const text = `${" ".repeat(10_000)}abc`;
  const words = (part: string): number[] => codes(part.replaceAll(" ", ""));
  expect(readTokens(words, text, 3, "start")).toEqual({ ids: codes("abc"), truncated: false });
  expect(readTokens(words, text, 2, "start")).toEqual({ ids: codes("ab"), truncated: true });
});

test("reads everything where there is no limit", () => {
  expect(readTokens(encode, "abc", Number.POSITIVE_INFINITY, "end").truncated).toBe(false);
});
