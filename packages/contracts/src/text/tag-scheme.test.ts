import fc from "fast-check";
import { expect, test } from "vitest";
import { isTag, labelOfTag, spansOfTags, type TokenSpan, tagsOfSpans } from "./tag-scheme.js";

test("tags mark spans, side by side or apart", () => {
  expect(spansOfTags(["B-PER", "I-PER", "O", "B-LOC", "B-LOC"])).toEqual([
    { label: "PER", start: 0, end: 2 },
    { label: "LOC", start: 3, end: 4 },
    { label: "LOC", start: 4, end: 5 },
  ]);
  expect(spansOfTags([])).toEqual([]);
});

test("an I- that continues nothing of its type begins an entity", () => {
  expect(spansOfTags(["I-PER", "I-LOC", "O", "I-LOC"])).toEqual([
    { label: "PER", start: 0, end: 1 },
    { label: "LOC", start: 1, end: 2 },
    { label: "LOC", start: 3, end: 4 },
  ]);
});

test("a tag that is neither B- nor I- has no label", () => {
  expect(["B-PER", "I-a-b", "O", "", "PER", "b-PER"].map(labelOfTag)).toEqual([
    "PER",
    "a-b",
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test("a tag of no scheme marks its token alone", () => {
  expect(spansOfTags(["DET", "NOUN", "NOUN", "O", "B-NOUN", "I-NOUN"])).toEqual([
    { label: "DET", start: 0, end: 1 },
    { label: "NOUN", start: 1, end: 2 },
    { label: "NOUN", start: 2, end: 3 },
    { label: "NOUN", start: 4, end: 6 },
  ]);
});

test("tags of other schemes are told from those of none", () => {
  expect(["O", "B-PER", "I-a-b", "NOUN", "-LRB-", "PRP$"].every(isTag)).toBe(true);
  expect(["", "B-", "I-", "S-PER", "E-PER", "U-PER", "L-PER"].some(isTag)).toBe(false);
});

/** Spans that do not overlap, in order, and how many tokens they lie in. */
const layouts = fc
  .array(
    fc.record({ label: fc.string({ minLength: 1 }), gap: fc.nat({ max: 3 }), width: fc.integer({ min: 1, max: 4 }) }),
  )
  .chain((pieces) => fc.record({ pieces: fc.constant(pieces), rest: fc.nat({ max: 3 }) }))
  .map(({ pieces, rest }) => {
    let at = 0;
    const spans: TokenSpan[] = pieces.map(({ label, gap, width }) => {
      const start = at + gap;
      at = start + width;
      return { label, start, end: at };
    });
    return { spans, length: at + rest };
  });

test("spans written as tags are read back as they were", () => {
  fc.assert(
    fc.property(layouts, ({ spans, length }) => {
      const tags = tagsOfSpans(length, spans);
      expect(tags).toHaveLength(length);
      expect(spansOfTags(tags)).toEqual(spans);
    }),
  );
});

test("whatever the tags, their spans are in order and do not overlap, and reading them again changes nothing", () => {
  const tag = fc.constantFrom("O", "B-PER", "I-PER", "B-LOC", "I-LOC");
  fc.assert(
    fc.property(fc.array(tag), (tags) => {
      const spans = spansOfTags(tags);
      let end = 0;
      for (const span of spans) {
        expect(span.start >= end && span.end > span.start && span.end <= tags.length).toBe(true);
        end = span.end;
      }
      expect(spansOfTags(tagsOfSpans(tags.length, spans))).toEqual(spans);
    }),
  );
});
