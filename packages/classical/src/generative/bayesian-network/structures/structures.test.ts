import fc from "fast-check";
import { expect, test } from "vitest";
import { bayesianNetwork } from "../bayesian-network.js";
import { defineBayesianNetwork, type VariableDefinition } from "../define-network.js";
import { familyCounter } from "../family-counts.js";
import type { BayesianNetworkParams } from "../network.js";
import { bdeuScore, bicScore, k2Score, type NetworkScore } from "../scores.js";
import { readTable, type StateRow, type StateTable } from "../state-table.js";
import { topologicalOrder } from "../topological-order.js";
import { trainBayesianNetwork } from "../train-network.js";
import { type Edge, type HillClimbingOptions, hillClimbingStructure } from "./hill-climbing.js";
import { k2Structure } from "./k2.js";
import type { Parents } from "./structure.js";
import { treeAugmentedStructure, treeStructure } from "./tree.js";

const yesNo = ["no", "yes"];

/** A binary variable that follows its parents in most rows. */
function following(name: string, ...parents: string[]): VariableDefinition {
  const probabilities = Array.from({ length: 2 ** parents.length }, (_, i) => {
    const likely = 0.12 + (0.76 * popcount(i)) / Math.max(1, parents.length);
    return parents.length === 0 ? [0.4, 0.6] : [1 - likely, likely];
  });
  return { name, states: yesNo, parents, probabilities };
}

function popcount(number: number): number {
  return number.toString(2).replaceAll("0", "").length;
}

function rowsFrom(definitions: readonly VariableDefinition[], count: number): StateRow[] {
  return bayesianNetwork(defineBayesianNetwork(definitions)).sample({ seed: 11, count });
}

/** The edges of a network as "a-b", whatever their direction. */
function skeleton({ variables, parentOffsets, parents }: BayesianNetworkParams): string[] {
  return variables
    .flatMap(({ name }, child) =>
      Array.from(parents.subarray(parentOffsets[child], parentOffsets[child + 1]), (parent) =>
        [variables[parent].name, name].sort().join("-"),
      ),
    )
    .sort();
}

const tree = [
  following("a"),
  following("b", "a"),
  following("c", "a"),
  following("d", "b"),
  following("e", "b"),
  following("f", "c"),
  following("g", "f"),
];
const edgesOfTree = ["a-b", "a-c", "b-d", "b-e", "c-f", "f-g"];

test("Chow-Liu finds the tree that made the rows", async () => {
  const params = await trainBayesianNetwork(rowsFrom(tree, 4000), { structure: treeStructure() });
  expect(skeleton(params)).toEqual(edgesOfTree);
});

test("tree-augmented naive Bayes finds the tree that made the rows beside the class", async () => {
  const augmented = [
    { ...following("class"), name: "class" },
    following("a", "class"),
    following("b", "class", "a"),
    following("c", "class", "b"),
    following("d", "class", "a"),
  ];
  const params = await trainBayesianNetwork(rowsFrom(augmented, 4000), { structure: treeAugmentedStructure("class") });
  const ofClass = ["a-class", "b-class", "c-class", "class-d"];
  expect(skeleton(params)).toEqual(["a-b", "a-d", "b-c", ...ofClass].sort());
  const network = bayesianNetwork(params);
  for (const name of ["a", "b", "c", "d"]) expect(network.parentsOf(name)[0]).toBe("class");
});

test("hill climbing with restarts finds what depends on what, and where two causes meet", async () => {
  const meeting = [following("a"), following("b"), following("c", "a", "b"), following("d", "c")];
  for (const score of [bdeuScore(), bdeuScore(10), bicScore]) {
    const structure = hillClimbingStructure({ score, restarts: 30, perturbations: 8 });
    const params = await trainBayesianNetwork(rowsFrom(meeting, 4000), { structure });
    expect(skeleton(params)).toEqual(["a-c", "b-c", "c-d"]);
    expect(bayesianNetwork(params).parentsOf("c").sort()).toEqual(["a", "b"]);
  }
});

/** The ten cases of Cooper & Herskovits 1992, table 1. */
const cases = ["100", "111", "001", "111", "000", "011", "111", "000", "111", "000"].map((digits) =>
  Object.fromEntries([...digits].map((digit, i) => [`x${i + 1}`, digit === "1" ? "present" : "absent"])),
);

test("K2 scores and finds the structure of its paper", async () => {
  const table = readTable(cases);
  // P(structure, cases) without the structure's own prior: 2.23e-9 for the chain, 2.23e-10 for x2 ← x1 → x3 (section 2.2).
  expect(Math.exp(scoreOf(table, [[], [0], [1]], k2Score))).toBeCloseTo(2.23e-9, 11);
  expect(Math.exp(scoreOf(table, [[], [0], [0]], k2Score))).toBeCloseTo(2.23e-10, 12);
  const { parents, parentOffsets } = await trainBayesianNetwork(cases, { structure: k2Structure(["x1", "x2", "x3"]) });
  expect([...parentOffsets]).toEqual([0, 0, 1, 2]);
  expect([...parents]).toEqual([0, 1]);
});

function scoreOf(table: StateTable, parents: Parents, score: NetworkScore): number {
  return parents.reduce((sum, each, child) => {
    const { counts } = familyCounter(table, child, each);
    return sum + score.ofFamily(counts, table.variables[child].states.length, table.weight);
  }, 0);
}

/** Tables of up to five variables in which most depend on the one before. */
const tables = fc
  .array(fc.array(fc.nat({ max: 2 }), { minLength: 5, maxLength: 5 }), { minLength: 5, maxLength: 60 })
  .chain((drafts) =>
    fc.integer({ min: 2, max: 5 }).map((columns): StateRow[] =>
      drafts.map((draft) => {
        const states = draft.slice(0, columns);
        for (let i = 1; i < columns; i++) if (draft[i] === 0) states[i] = states[i - 1];
        return Object.fromEntries(states.map((state, i) => [`v${i}`, `${state}`]));
      }),
    ),
  );

const scores = [bdeuScore(), bdeuScore(7.5), bicScore, k2Score];

async function climbed(rows: readonly StateRow[], options: HillClimbingOptions) {
  const table = readTable(rows);
  const seen: number[] = [];
  const parents = await hillClimbingStructure(options)(table, {
    onProgress: ({ objective = Number.NaN }) => seen.push(-objective * table.weight),
  });
  return { table, parents, seen };
}

test("hill climbing never lowers the score, and ends without a circle where no change of an edge raises it", async () => {
  await fc.assert(
    fc.asyncProperty(tables, fc.constantFrom(...scores), fc.nat({ max: 3 }), async (rows, score, maximumParents) => {
      const { table, parents, seen } = await climbed(rows, { score, maximumParents });
      const found = scoreOf(table, parents, score);
      for (const [i, each] of seen.entries()) expect(each).toBeGreaterThan(seen[i - 1] ?? Number.NEGATIVE_INFINITY);
      if (seen.length > 0) expect(seen.at(-1)).toBeCloseTo(found, 8);
      expect(topologicalOrder(parents)).toBeDefined();
      for (const each of parents) expect(each.length).toBeLessThanOrEqual(maximumParents);
      for (const changed of changesOf(parents, maximumParents))
        expect(scoreOf(table, changed, score)).toBeLessThanOrEqual(found + 1e-6);
    }),
    { numRuns: 60 },
  );
});

/** Every structure that is one change of an edge away. */
function changesOf(parents: Parents, maximumParents: number): number[][][] {
  const changed: number[][][] = [];
  for (const [child, each] of parents.entries()) {
    for (const parent of parents.keys()) {
      if (parent === child) continue;
      const copy = () => parents.map((list) => [...list]);
      if (each.includes(parent)) {
        const removed = copy();
        removed[child] = each.filter((other) => other !== parent);
        const reversed = removed.map((list) => [...list]);
        reversed[parent].push(child);
        changed.push(removed, reversed);
      } else {
        const added = copy();
        added[child].push(parent);
        changed.push(added);
      }
    }
  }
  return changed.filter(
    (each) => topologicalOrder(each) !== undefined && each.every(({ length }) => length <= maximumParents),
  );
}

test("tabu and restarts never find less, and the same seed finds the same", async () => {
  await fc.assert(
    fc.asyncProperty(tables, fc.constantFrom(...scores), fc.nat(), async (rows, score, seed) => {
      const plain = await climbed(rows, { score });
      const least = scoreOf(plain.table, plain.parents, score) - 1e-6;
      for (const more of [{ tabu: 5 }, { restarts: 3, seed }, { tabu: 3, restarts: 2, perturbations: 4, seed }]) {
        const { table, parents } = await climbed(rows, { score, ...more });
        expect(topologicalOrder(parents)).toBeDefined();
        expect(scoreOf(table, parents, score)).toBeGreaterThanOrEqual(least);
        expect((await climbed(rows, { score, ...more })).parents).toEqual(parents);
      }
    }),
    { numRuns: 30 },
  );
});

test("tabu finds its way out of where hill climbing stays", async () => {
  // The parity of two coins: neither alone says anything, so no first edge to it raises the score.
  const parity = ["000", "011", "101", "110"].flatMap((digits) =>
    Array.from({ length: 25 }, () => Object.fromEntries([...digits].map((state, i) => [`v${i}`, state]))),
  );
  const stayed = await climbed(parity, {});
  expect(stayed.parents.flat()).toEqual([]);
  const left = await climbed(parity, { tabu: 3 });
  expect(left.parents.map(({ length }) => length).sort()).toEqual([0, 0, 2]);
});

test("required edges are there and forbidden ones are not", async () => {
  await fc.assert(
    fc.asyncProperty(tables, fc.nat(), async (rows, seed) => {
      const required: Edge[] = [["v1", "v0"]];
      const forbidden: Edge[] = Object.keys(rows[0]).map((name) => [name, "v1"] as const);
      const { parents } = await climbed(rows, { required, forbidden, restarts: 2, seed });
      expect(parents[0][0]).toBe(1);
      expect(parents[1]).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

test.each([
  [() => hillClimbingStructure({ maximumParents: 1.5 }), "maximumParents must be"],
  [() => hillClimbingStructure({ tabu: -1 }), "tabu must be"],
  [() => hillClimbingStructure({ perturbations: 0 }), "perturbations must be"],
  [() => bdeuScore(0), "equivalent sample size"],
])("%s is refused", (make, message) => {
  expect(make).toThrow(expect.objectContaining({ code: "invalid-input" }));
  expect(make).toThrow(message);
});

test.each([
  [hillClimbingStructure({ required: [["x1", "x9"]] }), 'no variable "x9"'],
  [
    hillClimbingStructure({
      required: [
        ["x1", "x2"],
        ["x2", "x1"],
      ],
    }),
    "make a circle",
  ],
  [k2Structure(["x1", "x2"]), "must name every variable"],
  [k2Structure(["x1", "x2", "x2"]), "must name every variable"],
  [treeAugmentedStructure("class"), 'no variable "class"'],
])("what a table has not is refused (%#)", async (structure, message) => {
  await expect(trainBayesianNetwork(cases, { structure })).rejects.toThrow(message);
});

test.each([
  ["hill climbing", hillClimbingStructure()],
  ["K2", k2Structure(["x1", "x2", "x3"])],
  ["a tree", treeStructure()],
])("%s stops when it is told to, in the midst of its work", async (_, structure) => {
  const controller = new AbortController();
  const training = trainBayesianNetwork(cases, {
    structure,
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  await expect(training).rejects.toThrow(expect.objectContaining({ code: "aborted" }));
});
