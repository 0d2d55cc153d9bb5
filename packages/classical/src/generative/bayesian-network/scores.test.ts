import fc from "fast-check";
import { expect, test } from "vitest";
import { familyCounter } from "./family-counts.js";
import { logGamma } from "./log-gamma.js";
import { bdeuScore, bicScore, type NetworkScore } from "./scores.js";
import { type StateTable, sparseColumn } from "./state-table.js";
import { topologicalOrder } from "./topological-order.js";

/** Tables of four variables with up to three states, some with weights. */
const tables: fc.Arbitrary<StateTable> = fc
  .record({
    states: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 4, maxLength: 4 }),
    draws: fc.array(fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 40 }),
    weights: fc.option(fc.constantFrom(0.5, 1, 2), { nil: undefined }),
  })
  .map(({ states, draws, weights }) => {
    const variables = states.map((count, v) => ({
      name: `v${v}`,
      states: Array.from({ length: count }, (_, s) => `${s}`),
    }));
    const columns = states.map((count, v) =>
      sparseColumn(
        Uint16Array.from(draws, (draw) => draw[v] % count),
        count,
      ),
    );
    const perRow =
      weights === undefined ? {} : { weights: Float32Array.from(draws, (_, row) => weights * (1 + (row % 3))) };
    const weight = perRow.weights?.reduce((sum, each) => sum + each, 0) ?? draws.length;
    return { rows: draws.length, variables, columns, weight, ...perRow };
  });

/** The state of a variable in a row. */
function stateIn({ columns }: StateTable, variable: number, row: number): number {
  const { rows, states, common } = columns[variable];
  const at = rows.indexOf(row);
  return at < 0 ? common : states[at];
}

function countsByHand(table: StateTable, child: number, parents: readonly number[]): number[] {
  const family = [...parents, child];
  const counts = new Array(family.reduce((size, each) => size * table.variables[each].states.length, 1)).fill(0);
  for (let row = 0; row < table.rows; row++) {
    const at = family.reduce(
      (index, each) => index * table.variables[each].states.length + stateIn(table, each, row),
      0,
    );
    counts[at] += table.weights?.[row] ?? 1;
  }
  return counts;
}

test("families are counted as row by row, with one more parent too", () => {
  fc.assert(
    fc.property(tables, fc.shuffledSubarray([0, 1, 2, 3], { minLength: 2 }), (table, [child, more, ...parents]) => {
      const counter = familyCounter(table, child, parents);
      expect([...counter.counts]).toEqual(countsByHand(table, child, parents));
      expect([...(counter.adding(more) ?? [])]).toEqual(countsByHand(table, child, [...parents, more]));
    }),
  );
});

test("a family of too many numbers is not counted, and its names are told", () => {
  const states = Array.from({ length: 2000 }, (_, s) => `${s}`);
  const column = sparseColumn(Uint16Array.of(0, 1), 2000);
  const variables = ["a", "b", "c"].map((name) => ({ name, states }));
  const table = { rows: 2, variables, columns: [column, column, column], weight: 2 };
  expect(familyCounter(table, 0, [1]).adding(2)).toBeUndefined();
  expect(() => familyCounter(table, 0, [1, 2])).toThrow('A table over "b", "c", "a" would have 8000000000 numbers');
});

const structures = fc
  .array(fc.boolean(), { minLength: 12, maxLength: 12 })
  .map((bits) =>
    Array.from({ length: 4 }, (_, child) =>
      [0, 1, 2, 3].filter((each) => each !== child && bits[3 * child + (each % 3)]),
    ),
  )
  .filter((parents) => topologicalOrder(parents) !== undefined);

function scoreOf(table: StateTable, parents: readonly (readonly number[])[], score: NetworkScore): number {
  return parents.reduce((sum, each, child) => {
    const { counts } = familyCounter(table, child, each);
    return sum + score.ofFamily(counts, table.variables[child].states.length, table.weight);
  }, 0);
}

test("reversing an edge whose ends have the same other parents changes neither BDeu nor BIC", () => {
  let reversed = 0;
  fc.assert(
    fc.property(tables, structures, fc.constantFrom(bdeuScore(), bdeuScore(12), bicScore), (table, parents, score) => {
      for (const [child, each] of parents.entries()) {
        for (const parent of each) {
          const others = each.filter((other) => other !== parent);
          if (others.length !== parents[parent].length || !others.every((other) => parents[parent].includes(other)))
            continue;
          const turned = parents.map((list, v) => (v === child ? others : v === parent ? [...others, child] : list));
          expect(scoreOf(table, turned, score)).toBeCloseTo(scoreOf(table, parents, score), 8);
          reversed++;
        }
      }
    }),
    { numRuns: 300 },
  );
  expect(reversed).toBeGreaterThan(100);
});

test("BDeu is the probability of the rows, each predicted from those before it", () => {
  fc.assert(
    fc.property(tables, structures, fc.constantFrom(0.5, 1, 8), ({ weights: _, ...table }, parents, sampleSize) => {
      let logProbability = 0;
      const counts = parents.map((each, child) => countsByHand(table, child, each).fill(0));
      for (let row = 0; row < table.rows; row++) {
        for (const [child, each] of parents.entries()) {
          const states = table.variables[child].states.length;
          const start =
            each.reduce((index, p) => index * table.variables[p].states.length + stateIn(table, p, row), 0) * states;
          const at = start + stateIn(table, child, row);
          const total = counts[child].slice(start, start + states).reduce((sum, n) => sum + n, 0);
          const prior = sampleSize / counts[child].length;
          logProbability += Math.log((counts[child][at] + prior) / (total + prior * states));
          counts[child][at]++;
        }
      }
      expect(scoreOf({ ...table, weight: table.rows }, parents, bdeuScore(sampleSize))).toBeCloseTo(logProbability, 8);
    }),
  );
});

test("the logarithm of the gamma function is that of factorials, and of the root of pi at one half", () => {
  let factorial = 0;
  for (let n = 1; n <= 200; n++) {
    expect(logGamma(n)).toBeCloseTo(factorial, 10);
    factorial += Math.log(n);
  }
  expect(logGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 13);
  expect(logGamma(1e-6)).toBeCloseTo(13.815509980749431, 11);
  expect(logGamma(1e9) / 19723265827.5037).toBeCloseTo(1, 13);
});
