import fc from "fast-check";
import { expect, test } from "vitest";
import type { TokenSpan } from "./tag-scheme.js";
import {
  convertTags,
  labelInScheme,
  schemeOfTags,
  spansInScheme,
  type TagScheme,
  tagSchemes,
  tagsInScheme,
} from "./tag-schemes.js";

/** Two people and a place that touch, and a place alone. */
const spans: TokenSpan[] = [
  { label: "PER", start: 0, end: 2 },
  { label: "PER", start: 2, end: 3 },
  { label: "LOC", start: 3, end: 6 },
  { label: "LOC", start: 7, end: 8 },
];

const written: Record<TagScheme, string> = {
  IOB1: "I-PER I-PER B-PER I-LOC I-LOC I-LOC O I-LOC",
  IOB2: "B-PER I-PER B-PER B-LOC I-LOC I-LOC O B-LOC",
  IOE1: "I-PER E-PER I-PER I-LOC I-LOC I-LOC O I-LOC",
  IOE2: "I-PER E-PER E-PER I-LOC I-LOC E-LOC O E-LOC",
  IOBES: "B-PER E-PER S-PER B-LOC I-LOC E-LOC O S-LOC",
  BILOU: "B-PER L-PER U-PER B-LOC I-LOC L-LOC O U-LOC",
};

test.each(tagSchemes)("%s is written and read as its authors say", (scheme) => {
  const tags = written[scheme].split(" ");
  expect(tagsInScheme(8, spans, scheme)).toEqual(tags);
  expect(spansInScheme(tags, scheme)).toEqual(spans);
  for (const other of tagSchemes) expect(convertTags(tags, scheme, other)).toEqual(written[other].split(" "));
});

test("the prefixes tell the scheme", () => {
  const told = tagSchemes.map((scheme) => schemeOfTags(["O", ...written[scheme].split(" ")]));
  expect(told).toEqual(["IOB2", "IOB2", "IOE2", "IOE2", "IOBES", "BILOU"]);
  expect(schemeOfTags(["O", "I-PER", "I-LOC"])).toBe("IOB1");
  expect(schemeOfTags(["NOUN", "VERB"])).toBe("IOB2");
});

test("what a tagger wrote against its scheme still counts", () => {
  const read = (tags: string, scheme: TagScheme) =>
    spansInScheme(tags.split(" "), scheme).map(({ label, start, end }) => `${label} ${start}-${end}`);
  expect(read("I-PER I-LOC O I-PER", "IOB2")).toEqual(["PER 0-1", "LOC 1-2", "PER 3-4"]);
  expect(read("E-PER B-PER I-PER O I-PER S-PER", "IOBES")).toEqual(["PER 0-1", "PER 1-3", "PER 4-5", "PER 5-6"]);
  expect(read("PER PER O B_ORG", "IOB2")).toEqual(["PER 0-2", "ORG 3-4"]);
  expect(read("B-PER I-PER L-PER", "BILOU")).toEqual(["PER 0-3"]);
  // No prefix of the scheme: part of a name.
  expect(labelInScheme("S-300", "IOB2")).toBe("S-300");
  expect(labelInScheme("0", "IOB2")).toBeUndefined();
});

const layouts = fc
  .array(
    fc.record({ label: fc.constantFrom("PER", "LOC"), gap: fc.nat({ max: 2 }), width: fc.integer({ min: 1, max: 4 }) }),
  )
  .map((pieces) => {
    let at = 0;
    return pieces.map(({ label, gap, width }): TokenSpan => {
      const start = at + gap;
      at = start + width;
      return { label, start, end: at };
    });
  });

test.each(tagSchemes)("%s loses nothing of any layout", (scheme) => {
  fc.assert(
    fc.property(layouts, fc.nat({ max: 3 }), (layout, rest) => {
      const tags = tagsInScheme((layout.at(-1)?.end ?? 0) + rest, layout, scheme);
      expect(spansInScheme(tags, scheme)).toEqual(layout);
      expect(convertTags(tags, scheme, scheme)).toEqual(tags);
    }),
  );
});
