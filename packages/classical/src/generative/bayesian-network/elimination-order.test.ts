import fc from "fast-check";
import { expect, test } from "vitest";
import { eliminationOrder } from "./elimination-order.js";

const graphs = fc.record({
  scopes: fc.array(fc.uniqueArray(fc.nat({ max: 7 }), { minLength: 1, maxLength: 4 }), { maxLength: 8 }),
  first: fc.uniqueArray(fc.nat({ max: 7 }), { maxLength: 8 }),
});

test("the next variable to go always needs the fewest edges among its neighbours", () => {
  fc.assert(
    fc.property(graphs, ({ scopes, first }) => {
      const rest = [0, 1, 2, 3, 4, 5, 6, 7].filter((each) => !first.includes(each));
      const order = eliminationOrder(scopes, [first, rest], new Array(8).fill(2));
      expect(
        order
          .slice(0, first.length)
          .map(({ variable }) => variable)
          .sort(),
      ).toEqual([...first].sort());
      const edges = new Set(
        scopes.flatMap((scope) => scope.flatMap((a) => scope.filter((b) => b !== a).map((b) => `${a}${b}`))),
      );
      for (const [i, { variable, neighbours }] of order.entries()) {
        const left = order.slice(i).map((each) => each.variable);
        const around = (v: number): number[] => left.filter((each) => edges.has(`${v}${each}`));
        const fill = (v: number): number =>
          around(v).flatMap((a) => around(v).filter((b) => b > a && !edges.has(`${a}${b}`))).length;
        expect(neighbours).toEqual(around(variable).sort((a, b) => a - b));
        const group = i < first.length ? left.slice(0, first.length - i) : left;
        expect(fill(variable)).toBe(Math.min(...group.map(fill)));
        for (const a of neighbours) for (const b of neighbours) if (a !== b) edges.add(`${a}${b}`);
      }
    }),
    { numRuns: 300 },
  );
});
