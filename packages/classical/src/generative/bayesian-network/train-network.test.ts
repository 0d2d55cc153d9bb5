import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeModel, encodeModel } from "../../model-file.js";
import { bayesianNetwork } from "./bayesian-network.js";
import { heaviestTree } from "./spanning-tree.js";
import type { StateRow } from "./state-table.js";
import { givenStructure } from "./structures/given.js";
import { naiveStructure } from "./structures/naive.js";
import { type BayesianNetworkTraining, trainBayesianNetwork } from "./train-network.js";

/** Quinlan 1986, table 1: Saturday mornings. */
const mornings: readonly StateRow[] = [
  ["sunny", "hot", "high", "false", "N"],
  ["sunny", "hot", "high", "true", "N"],
  ["overcast", "hot", "high", "false", "P"],
  ["rain", "mild", "high", "false", "P"],
  ["rain", "cool", "normal", "false", "P"],
  ["rain", "cool", "normal", "true", "N"],
  ["overcast", "cool", "normal", "true", "P"],
  ["sunny", "mild", "high", "false", "N"],
  ["sunny", "cool", "normal", "false", "P"],
  ["rain", "mild", "normal", "false", "P"],
  ["sunny", "mild", "normal", "true", "P"],
  ["overcast", "mild", "high", "true", "P"],
  ["overcast", "hot", "normal", "false", "P"],
  ["rain", "mild", "high", "true", "N"],
].map(([outlook, temperature, humidity, windy, play]) => ({ outlook, temperature, humidity, windy, play }));

function train(options: BayesianNetworkTraining) {
  return trainBayesianNetwork(mornings, { structure: naiveStructure("play"), ...options });
}

test("without smoothing, probabilities are shares of the rows", async () => {
  const network = bayesianNetwork(await train({ equivalentSampleSize: 0 }));
  expect(network.probability({ play: "P" })).toBeCloseTo(9 / 14, 12);
  expect(network.query(["outlook"], { play: "P" }).marginalOf("outlook")).toEqual({
    overcast: expect.closeTo(4 / 9, 12),
    rain: expect.closeTo(3 / 9, 12),
    sunny: expect.closeTo(2 / 9, 12),
  });
  // Witten & Frank 2000, section 4.2: 0.0053 for yes and 0.0206 for no.
  const today = { outlook: "sunny", temperature: "cool", humidity: "high", windy: "true" };
  expect(network.query(["play"], today).probabilityOf({ play: "P" })).toBeCloseTo(0.005291 / (0.005291 + 0.0205714), 5);
});

test("a uniform prior is spread over the whole table, one from fewer parents over each run", async () => {
  const uniform = bayesianNetwork(await train({ equivalentSampleSize: 6 }));
  expect(uniform.query(["outlook"], { play: "N" }).probabilityOf({ outlook: "overcast" })).toBeCloseTo(1 / 8, 12);
  const fewer = bayesianNetwork(await train({ equivalentSampleSize: 6, prior: "fewer-parents" }));
  const withoutParents = (4 + 2) / (14 + 6);
  expect(fewer.query(["outlook"], { play: "N" }).probabilityOf({ outlook: "overcast" })).toBeCloseTo(
    (6 * withoutParents) / (5 + 6),
    12,
  );
});

test("what more parents add has a prior of its own", async () => {
  const structure = givenStructure({ windy: ["play", "outlook"] });
  const options = { structure, prior: "fewer-parents", equivalentSampleSize: 2, dependenceSampleSize: 10 } as const;
  const network = bayesianNetwork(await train(options));
  const ofAll = (6 + 1) / (14 + 2);
  const ofPlay = (3 + 2 * ofAll) / (9 + 2);
  // Of the three rainy mornings to play, none was windy.
  const given = { play: "P", outlook: "rain" };
  expect(network.query(["windy"], given).probabilityOf({ windy: "true" })).toBeCloseTo((10 * ofPlay) / (3 + 10), 12);
});

test("states that no row has, get what the prior says, of a variable and of its parents", async () => {
  const states = { outlook: ["sunny", "overcast", "rain", "snow"] };
  const structure = givenStructure({ play: ["outlook"] });
  const given = { outlook: "snow" };
  const network = bayesianNetwork(await train({ structure, states, equivalentSampleSize: 2 }));
  expect(network.probability(given)).toBeCloseTo(0.5 / 16, 12);
  expect(network.query(["play"], given).probabilities).toEqual(Float64Array.of(0.5, 0.5));
  const likeliest = bayesianNetwork(
    await train({ structure, states, equivalentSampleSize: 0, prior: "fewer-parents" }),
  );
  expect(likeliest.probability(given)).toBe(0);
});

test("a network reads back from a model file as it was, and answers", async () => {
  const params = await train({});
  const card = {
    id: "play",
    task: "text-classification",
    paradigm: "generative",
    family: "Bayesian network",
    languages: [],
    licence: "MIT",
    source: "here",
    trainedOn: [],
  } as const;
  const decoded = decodeModel(encodeModel({ card, params, trainingTexts: new Uint32Array() }));
  expect(decoded.params).toEqual(params);
});

test("the order of rows does not matter, and training again gives the same bits", async () => {
  const backwards = await trainBayesianNetwork(mornings.toReversed(), {});
  expect(await trainBayesianNetwork(mornings, {})).toEqual(backwards);
});

test.each([
  [[], {}, "There are no rows"],
  [[{}], {}, "There are no rows"],
  [[{ a: "x" }, { b: "x" }], {}, 'Row 2 has no state of "a"'],
  [[{ a: "x" }, { a: "x", b: "x" }], {}, "Row 2 has a variable that the first row has not"],
  [[{ a: "x" }], { states: { a: ["y"] } }, 'The state of "a" in row 1 is not among'],
  [[{ a: "x" }], { equivalentSampleSize: -1 }, "equivalentSampleSize must be"],
  [[{ a: "x" }], { structure: givenStructure({ b: [] }) }, 'no variable "b"'],
  [[{ a: "x", b: "x" }], { structure: givenStructure({ a: ["b"], b: ["a"] }) }, "their own ancestors"],
])("rows and options that nothing can be learned from are refused (%#)", async (rows, options, message) => {
  await expect(trainBayesianNetwork(rows as StateRow[], options)).rejects.toThrow(
    expect.objectContaining({ code: "invalid-input", message: expect.stringContaining(message) }),
  );
});

test("no tree is heavier than the heaviest", () => {
  const graphs = fc.integer({ min: 2, max: 5 }).chain((vertices) =>
    fc.record({
      vertices: fc.constant(vertices),
      weights: fc.array(fc.nat({ max: 20 }), { minLength: vertices ** 2, maxLength: vertices ** 2 }),
    }),
  );
  fc.assert(
    fc.property(graphs, ({ vertices, weights }) => {
      const weightOf = (a: number, b: number): number => weights[Math.min(a, b) * vertices + Math.max(a, b)];
      const total = (parents: ArrayLike<number>): number =>
        Array.from(parents).reduce((sum, parent, v) => sum + (parent < 0 ? 0 : weightOf(parent, v)), 0);
      const found = heaviestTree(vertices, (a) => (b) => weightOf(a, b));
      expect(found[0]).toBe(-1);
      expect(total(found)).toBe(Math.max(...treesOver(vertices).map(total)));
    }),
  );
});

/** Every choice of a parent for each vertex but the first, that leads to the first. */
function treesOver(vertices: number): number[][] {
  let choices: number[][] = [[-1]];
  for (let v = 1; v < vertices; v++)
    choices = choices.flatMap((each) => Array.from({ length: vertices }, (_, parent) => [...each, parent]));
  return choices.filter((parents) => parents.every((_, v) => leadsToRoot(parents, v)));
}

function leadsToRoot(parents: readonly number[], start: number): boolean {
  let at = start;
  for (let steps = 0; steps < parents.length && at !== 0; steps++) at = parents[at];
  return at === 0;
}
