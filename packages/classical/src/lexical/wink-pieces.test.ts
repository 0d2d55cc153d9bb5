import { expect, test } from "vitest";
import { nextPiece, paragraphsOf } from "./wink-pieces.js";

test("paragraphs are parted by blank lines of either line ending", () => {
  const text = "one\ntwo\n\nthree\r\n \r\nfour\u2029five\n";
  expect([...paragraphsOf(text)].map(({ start, end }) => text.slice(start, end))).toEqual([
    "one\ntwo",
    "three",
    "four",
    "five\n",
  ]);
});

test("a long paragraph is cut behind white space, and stays open", () => {
  const text = "word ".repeat(1000);
  expect(nextPiece(text, 0, text.length)).toEqual({ start: 0, end: 2000, open: true });
  expect(nextPiece(`x${text}`, 0, 3000)).toEqual({ start: 0, end: 1996, open: true });
  expect(nextPiece(text, 4000, text.length)).toEqual({ start: 4000, end: 5000, open: false });
});

test("an unbroken run is cut between characters", () => {
  expect(nextPiece("a".repeat(3000), 0, 3000)).toEqual({ start: 0, end: 300, open: false });
  const emoji = `a${"🙂".repeat(1000)}`;
  expect(nextPiece(emoji, 0, emoji.length).end).toBe(299);
});
