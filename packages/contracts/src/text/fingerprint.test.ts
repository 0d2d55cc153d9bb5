import fc from "fast-check";
import { expect, test } from "vitest";
import { fingerprint } from "./fingerprint.js";

/** Published vectors of MurmurHash3_x86_32 with seed 0, their bytes written as UTF-16 units, low byte first. */
test.each([
  ["no bytes", "", 0],
  ["21 43", "\u4321", 0xa0f7b07a],
  ["21 43 65 87", "\u4321\u8765", 0xf55b516b],
  ['"test"', "\u6574\u7473", 0xba6bd213],
])("the fingerprint of %s is MurmurHash3's", (_, text, hash) => {
  expect(fingerprint(text)).toBe(hash);
});

test("case, white space and ways of writing a character do not matter", () => {
  const plain = fingerprint("good movie.");
  for (const same of ["Good  movie .", " GOOD\n\tMOVIE.\r\n", "good\u00a0movie.", "ｇｏｏｄ movie."])
    expect(fingerprint(same)).toBe(plain);
  expect(fingerprint("cafe\u0301")).toBe(fingerprint("café"));
});

test("a text of ASCII alone has the fingerprint of the same text in other forms of its characters", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary-ascii" }), (text) => {
      const wide = text.replace(/[!-~]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) + 0xfee0));
      expect(fingerprint(text)).toBe(fingerprint(`\u00a0${wide}`));
    }),
  );
});

test("a word, a mark and an order matter", () => {
  const others = ["good movie", "good movies.", "movie good.", "bad movie.", "good.movie"];
  expect(new Set([...others, "good movie."].map(fingerprint)).size).toBe(others.length + 1);
});

test("every text has a whole number of 32 bits", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const hash = fingerprint(text);
      expect(Number.isInteger(hash) && hash >= 0 && hash < 2 ** 32).toBe(true);
    }),
  );
});

test("among 50,000 texts hardly two share one", () => {
  const hashes = new Set(Array.from({ length: 50_000 }, (_, i) => fingerprint(`text number ${i}`)));
  expect(hashes.size).toBeGreaterThan(50_000 - 5);
});
