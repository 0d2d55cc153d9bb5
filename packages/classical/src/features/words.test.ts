import { expect, test } from "vitest";
import { words } from "./words.js";
import { wordsInSentences } from "./words-in-sentences.js";

const texts = (text: string): string[] => words(text).map((word) => word.text);

test.each([
  ["Ada lives in Turin.", ["Ada", "lives", "in", "Turin", "."]],
  [
    "Ada's friends don't know; they'll ask O’Brien’s",
    ["Ada", "'s", "friends", "do", "n't", "know", ";", "they", "'ll", "ask", "O’Brien", "’s"],
  ],
  ["Mr. Smith of the U.S. Army, well...", ["Mr.", "Smith", "of", "the", "U.S.", "Army", ",", "well", "..."]],
  ["RT @ada_l: #Turin! ada@example.org", ["RT", "@ada_l", ":", "#Turin", "!", "ada@example.org"]],
  [
    "See https://example.org/a?b=c, or (www.example.org).",
    ["See", "https://example.org/a?b=c", ",", "or", "(", "www.example.org", ")", "."],
  ],
  ["1,000.50 at 10:30 on 27/07/2014, the 2nd", ["1,000.50", "at", "10:30", "on", "27/07/2014", ",", "the", "2nd"]],
  ["AT&T's Coca-Cola on weather.com", ["AT&T", "'s", "Coca-Cola", "on", "weather.com"]],
  ["cafe\u0301 in Mu\u0308nchen, 東京 🙂🙂", ["cafe\u0301", "in", "Mu\u0308nchen", ",", "東京", "🙂🙂"]],
  [" \n\t ", []],
])("words of %j", (text, expected) => expect(texts(text)).toEqual(expected));

test("words stand where they say, in order, and leave out white space only", () => {
  const text = "half \ud83d of\u0000 it's “Zoë” don't a.b.c @ # \u0301x 👩‍👩‍👧‍👦 http:// ---\r\nend_ I'm n't 's";
  let end = 0;
  for (const word of words(text)) {
    expect(text.slice(word.start, word.end)).toBe(word.text);
    expect(word.text).not.toBe("");
    expect(text.slice(end, word.start)).toMatch(/^\s*$/u);
    end = word.end;
  }
  expect(text.slice(end)).toMatch(/^\s*$/u);
});

test.each(["a", "a.", "a@", "a-", "'", "http://", "1,", "@", "n't", "x ", "\u0301", "www..", "é&"])(
  "reads 300,000 units of %j, which in quadratic time would take hours",
  (piece) => {
    const text = piece.repeat(300_000 / piece.length);
    const read = words(text)
      .map((word) => word.text)
      .join("");
    expect(read === text.replaceAll(" ", "")).toBe(true);
  },
  60_000,
);

test("sentences end at line breaks, and at marks before a capital", () => {
  const sentences = wordsInSentences("He met Dr. Who. She left! now\nthen 3.5 km. and on");
  expect(sentences.map((sentence) => sentence.map((word) => word.text).join(" "))).toEqual([
    "He met Dr. Who .",
    "She left ! now",
    "then 3.5 km . and on",
  ]);
});

test("a sentence without end is cut between words", () => {
  const sentences = wordsInSentences("word ".repeat(1201));
  expect(sentences.map((sentence) => sentence.length)).toEqual([500, 500, 201]);
});
