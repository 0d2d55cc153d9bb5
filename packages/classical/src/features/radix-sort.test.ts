import fc from "fast-check";
import { expect, test } from "vitest";
import { radixSorter } from "./radix-sort.js";

test("entries come by their keys, those of the same key in their order", () => {
  const sort = radixSorter();
  const key = fc.oneof(fc.nat(3), fc.nat(5000), fc.nat(0x7fffffff));
  fc.assert(
    fc.property(fc.array(key), (keys) => {
      const entries = [...keys.keys()].reverse();
      const expected = [...entries].sort((a, b) => keys[a] - keys[b]);
      expect([...sort(Int32Array.from(entries), Int32Array.from(keys))]).toEqual(expected);
    }),
  );
});
