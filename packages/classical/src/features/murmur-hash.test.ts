import { expect, test } from "vitest";
import { murmurHash } from "./murmur-hash.js";

/** As `sklearn.utils.murmurhash3_32` (scikit-learn 1.2.1) gives them. */
test.each([
  ["", 0, 0],
  ["", 1, 1364076727],
  ["a", 0, 1009084850],
  ["a", 1, 1485495528],
  ["ab", 0, -1681926305],
  ["ab", 1, -1207461050],
  ["abc", 0, -1277324294],
  ["abc", 1, -1435112961],
  ["abcd", 0, 1139631978],
  ["abcd", 1, -1678424686],
  ["good film", 0, 1368648432],
  ["good film", 1, 710062814],
  ["Zürich 東京 🙂", 0, -1201554024],
  ["Zürich 東京 🙂", 1, -300530589],
])("the hash of %j with seed %d is %d", (text, seed, hash) => {
  const bytes = new TextEncoder().encode(`-${text}-`);
  expect(murmurHash(bytes, 1, bytes.length - 1, seed)).toBe(hash);
});
