import { sentencesOf } from "@bifocal/contracts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyText } from "../../testing/any-text.js";
import { hasHalf } from "../../testing/half-pairs.js";
import { packSpans, spansThatFit } from "./fitting-spans.js";

/** As long as its characters, and two more around it. */
const measure = (room: number) => async (texts: readonly string[]) => ({
  lengths: texts.map((text) => Array.from(text).length + 2),
  room,
});

const whole = (text: string) => [{ text, start: 0, end: text.length }];

test("cuts after a comma, else at white space, else between characters, near the middle", async () => {
  const cut = async (text: string, room: number) =>
    (await spansThatFit(whole(text), measure(room))).map((span) => span.text);
  expect(await cut("short", 7)).toEqual(["short"]);
  expect(await cut("one, two three four", 16)).toEqual(["one, two", "three four"]);
  expect(await cut("one two, three four", 16)).toEqual(["one two,", "three four"]);
  expect(await cut("a".repeat(10), 7)).toEqual(["aaaaa", "aaaaa"]);
  expect(await cut("👩‍👩‍👧‍👦", 4)).toEqual(["👩‍👩‍👧‍👦"]);
});

test("whatever the text, its spans fit and leave out white space only", async () => {
  await fc.assert(
    fc.asyncProperty(anyText, fc.integer({ min: 12, max: 40 }), async (text, room) => {
      const spans = await spansThatFit(sentencesOf(text), measure(room));
      let end = 0;
      for (const span of spans) {
        expect(span.text).toBe(text.slice(span.start, span.end));
        expect(text.slice(end, span.start).trim()).toBe("");
        if (!hasHalf(text)) expect(hasHalf(span.text)).toBe(false);
        end = span.end;
      }
      expect(text.slice(end).trim()).toBe("");
      const packed = packSpans(text, spans, { room, around: 2 });
      expect(packed[0]?.start).toBe(spans[0]?.start);
      expect(packed.at(-1)?.end).toBe(spans.at(-1)?.end);
    }),
  );
});

test("neighbours are joined as far as they fit, with what stands between them", async () => {
  const text = "One. Two.  Three. Four.";
  const spans = await spansThatFit(sentencesOf(text), measure(20));
  const packed = (room: number) => packSpans(text, spans, { room, around: 2 }).map((span) => span.text);
  expect(packed(10)).toEqual(["One. Two.", "Three.", "Four."]);
  expect(packed(16)).toEqual(["One. Two.  Three.", "Four."]);
  expect(packed(100)).toEqual([text]);
});
