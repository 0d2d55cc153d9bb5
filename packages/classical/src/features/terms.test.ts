import { expect, test } from "vitest";
import { terms, tokens } from "./terms.js";

const plain = { ngrams: 2, withoutAddresses: false };
const anonymous = { ngrams: 2, withoutAddresses: true };

test("tokens are lower-cased runs of letters and digits in any script, and every other character alone", () => {
  expect(tokens("It's GREAT, 100 %!")).toEqual(["it", "'", "s", "great", ",", "100", "%", "!"]);
  expect(tokens("Zürich cafe\u0301 東京 🙂")).toEqual(["zürich", "cafe\u0301", "東京", "🙂"]);
});

test("terms are the words and the pairs of neighbours", () => {
  expect(terms("good film", plain)).toEqual({ terms: ["good", "film", "good film"], tokens: 2 });
});

test("addresses, links and numbers are left out, and no pair reaches across one", () => {
  const text = "write ann@example.org or see http://example.org/x now 42 times";
  expect(terms(text, anonymous).terms).toEqual(["write", "or", "see", "or see", "now", "times"]);
});

test("a long text without spaces takes linear time", () => {
  expect(terms("a".repeat(1_000_000), anonymous).terms).toHaveLength(1);
  expect(terms("@".repeat(300_000), { ngrams: 1, withoutAddresses: true }).terms).toEqual([]);
}, 5000);
