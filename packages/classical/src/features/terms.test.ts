import { expect, test } from "vitest";
import { terms } from "./terms.js";

const words = { ngrams: 1, withoutAddresses: false };
const pairs = { ngrams: 2, withoutAddresses: false };
const anonymous = { ngrams: 2, withoutAddresses: true };

function termsOf(text: string, options = words): string[] {
  return terms(text, options).terms.map(({ term }) => term);
}

test("tokens are lower-cased runs of letters and digits in any script, and every other character alone", () => {
  expect(termsOf("It's GREAT, 100 %!")).toEqual(["it", "'", "s", "great", ",", "100", "%", "!"]);
  expect(termsOf("Zürich cafe\u0301 東京 🙂")).toEqual(["zürich", "cafe\u0301", "東京", "🙂"]);
});

test("terms are the words and the pairs of neighbours, each where it stands", () => {
  expect(terms("good  film", pairs)).toEqual({
    terms: [
      { term: "good", start: 0, end: 4 },
      { term: "film", start: 6, end: 10 },
      { term: "good film", start: 0, end: 10 },
    ],
    tokens: 2,
  });
});

test("offsets hold where lower-casing changes the length", () => {
  expect(terms("İİ x", words).terms[1]).toEqual({ term: "x", start: 3, end: 4 });
});

test("addresses, links and numbers are left out, no pair reaches across one, and offsets hold", () => {
  const text = "write ann@example.org or see http://example.org/x now 42 times";
  expect(termsOf(text, anonymous)).toEqual(["write", "or", "see", "or see", "now", "times"]);
  for (const { term, start, end } of terms(text, anonymous).terms) expect(text.slice(start, end)).toBe(term);
});

test("a long text without spaces takes linear time", () => {
  expect(terms("a".repeat(1_000_000), anonymous).terms).toHaveLength(1);
  expect(terms("@".repeat(300_000), { ngrams: 1, withoutAddresses: true }).terms).toEqual([]);
}, 5000);
