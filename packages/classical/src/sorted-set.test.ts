import fc from "fast-check";
import { expect, test } from "vitest";
import { sortedSet } from "./sorted-set.js";

test("ascending numbers are the set that a Set of them is", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(40)), fc.array(fc.nat(2 ** 32 - 1)), (few, any) => {
      const numbers = Uint32Array.from(new Set([...few, ...any])).sort();
      const [sorted, set] = [sortedSet(numbers), new Set(numbers)];
      expect(sorted.size).toBe(set.size);
      for (const number of [...any, ...Array(41).keys(), -1, 0.5, Number.NaN])
        expect(sorted.has(number)).toBe(set.has(number));
      for (const list of ["keys", "values", "entries"] as const) expect([...sorted[list]()]).toEqual([...set[list]()]);
      expect(new Set(sorted)).toEqual(set);
      const visited: unknown[] = [];
      sorted.forEach((number, again, all) => {
        visited.push(number, again, all === sorted);
      });
      expect(visited).toEqual([...numbers].flatMap((number) => [number, number, true]));
    }),
  );
});
