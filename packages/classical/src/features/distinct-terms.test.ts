import fc from "fast-check";
import { expect, test } from "vitest";
import { distinctTerms } from "./distinct-terms.js";

test("each id stands once, in the order of its first finding, with how often it was found", () => {
  const row = distinctTerms();
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat(30), fc.nat(0x7fffffff)), { maxLength: 900 }), (ids) => {
      row.gather({ ids: Int32Array.from(ids), length: ids.length, tokens: ids.length, bounds: undefined });
      const counts = new Map<number, number>();
      for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
      expect([...row.indices.subarray(0, row.length)]).toEqual([...counts.keys()]);
      expect([...row.values.subarray(0, row.length)]).toEqual([...counts.values()]);
    }),
  );
});
