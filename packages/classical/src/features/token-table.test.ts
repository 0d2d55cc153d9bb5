import fc from "fast-check";
import { expect, test } from "vitest";
import { absent } from "./hash-slots.js";
import { addAsked, ask, findAsked, tokenTable, tokenText } from "./token-table.js";

test("tokens are numbered as a Map of lower-cased strings would number them", () => {
  const token = fc.oneof(
    fc.string({ minLength: 1, maxLength: 3 }),
    fc.string({ unit: "binary", minLength: 1, maxLength: 3 }),
    fc.constantFrom("ΟΔΟΣ", "ὀδός", "İ", "ẞ", "Straße", "\ud83d", "a".repeat(5000)),
  );
  fc.assert(
    fc.property(fc.array(token, { maxLength: 60 }), (tokens) => {
      const table = tokenTable(1);
      const numbers = new Map<string, number>();
      for (const each of tokens) {
        const lowered = each.toLowerCase();
        const known = numbers.get(lowered);
        ask(table, `-${each}-`, 1, 1 + each.length);
        expect(findAsked(table)).toBe(known ?? absent);
        if (known === undefined) numbers.set(lowered, numbers.size);
        expect(addAsked(table)).toBe(numbers.get(lowered));
      }
      expect(Array.from({ length: table.size }, (_, i) => tokenText(table, i))).toEqual([...numbers.keys()]);
    }),
  );
});
