import fc from "fast-check";
import { expect, test } from "vitest";
import { enumerate, smallNetworks, weigh } from "../../../testing/small-networks.js";
import { type BayesianNetwork, bayesianNetwork } from "./bayesian-network.js";
import { defineBayesianNetwork, type VariableDefinition } from "./define-network.js";
import type { Assignment } from "./names.js";

const yesNo = ["yes", "no"];
const row = (yes: number): number[] => [yes, 1 - yes];

/** Pearl 1988, figure 2.2, with Russell & Norvig's numbers. */
const alarm = open([
  { name: "johnCalls", states: yesNo, parents: ["alarm"], probabilities: [row(0.9), row(0.05)] },
  { name: "maryCalls", states: yesNo, parents: ["alarm"], probabilities: [row(0.7), row(0.01)] },
  {
    name: "alarm",
    states: yesNo,
    parents: ["burglary", "earthquake"],
    probabilities: [row(0.95), row(0.94), row(0.29), row(0.001)],
  },
  { name: "burglary", states: yesNo, probabilities: [row(0.001)] },
  { name: "earthquake", states: yesNo, probabilities: [row(0.002)] },
]);

/** The lawn of Pearl 1988, with the numbers of Murphy 1998. */
const sprinkler = open([
  { name: "cloudy", states: yesNo, probabilities: [row(0.5)] },
  { name: "sprinkler", states: yesNo, parents: ["cloudy"], probabilities: [row(0.1), row(0.5)] },
  { name: "rain", states: yesNo, parents: ["cloudy"], probabilities: [row(0.8), row(0.2)] },
  {
    name: "wetGrass",
    states: yesNo,
    parents: ["sprinkler", "rain"],
    probabilities: [row(0.99), row(0.9), row(0.9), row(0)],
  },
]);

function open(definitions: readonly VariableDefinition[]): BayesianNetwork {
  return bayesianNetwork(defineBayesianNetwork(definitions));
}

test("the alarm answers as in the book", () => {
  const bothCall = { johnCalls: "yes", maryCalls: "yes" };
  expect(alarm.query(["burglary"], bothCall).probabilityOf({ burglary: "yes" })).toBeCloseTo(0.284171835, 8);
  expect(alarm.marginals(bothCall, ["earthquake", "alarm"])).toMatchObject({
    earthquake: { yes: expect.closeTo(0.176, 3) },
    alarm: { yes: expect.closeTo(0.761, 3) },
  });
  expect(
    alarm.probability({ johnCalls: "yes", maryCalls: "yes", alarm: "yes", burglary: "no", earthquake: "no" }),
  ).toBeCloseTo(0.000628, 6);
  expect(alarm.parentsOf("alarm")).toEqual(["burglary", "earthquake"]);
});

test("the sprinkler answers as in the book, and rain explains it away", () => {
  const wet = { wetGrass: "yes" };
  expect(sprinkler.probability(wet)).toBeCloseTo(0.6471, 4);
  expect(sprinkler.marginals(wet, ["rain", "sprinkler"])).toEqual({
    rain: { yes: expect.closeTo(0.7079, 4), no: expect.closeTo(0.2921, 4) },
    sprinkler: { yes: expect.closeTo(0.4298, 4), no: expect.closeTo(0.5702, 4) },
  });
  expect(sprinkler.query(["sprinkler"], { ...wet, rain: "yes" }).probabilityOf({ sprinkler: "yes" })).toBeCloseTo(
    0.1945,
    4,
  );
  expect(sprinkler.mostProbable(wet).states).toEqual({ cloudy: "yes", sprinkler: "no", rain: "yes" });
});

/** A small network, and a question about it that has an answer. */
const questions = smallNetworks.chain((definitions) =>
  fc.record({
    definitions: fc.constant(definitions),
    world: fc.constantFrom(...enumerate(definitions).filter(({ probability }) => probability > 0)),
    roles: fc.array(fc.constantFrom("observed", "asked", "left"), {
      minLength: definitions.length,
      maxLength: definitions.length,
    }),
  }),
);

function partedBy(definitions: readonly VariableDefinition[], roles: readonly string[], states: Assignment) {
  const namesOf = (role: string) => definitions.map(({ name }) => name).filter((_, i) => roles[i] === role);
  const evidence = Object.fromEntries(namesOf("observed").map((name) => [name, states[name]]));
  return { asked: namesOf("asked"), evidence, free: [...namesOf("asked"), ...namesOf("left")] };
}

test("probabilities of evidence, joint and single ones are what enumeration gives", () => {
  fc.assert(
    fc.property(questions, ({ definitions, world, roles }) => {
      const network = open(definitions);
      const worlds = enumerate(definitions);
      const { asked, evidence, free } = partedBy(definitions, roles, world.states);
      const known = weigh(worlds, evidence);
      expect(network.probability(evidence)).toBeCloseTo(known, 12);
      const joint = network.query(asked, evidence);
      expect(joint.probabilities.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12);
      for (const { states } of worlds) {
        const wanted = Object.fromEntries(asked.map((name) => [name, states[name]]));
        expect(joint.probabilityOf(wanted)).toBeCloseTo(weigh(worlds, { ...evidence, ...wanted }) / known, 10);
      }
      for (const [name, states] of Object.entries(network.marginals(evidence))) {
        expect(free).toContain(name);
        for (const [state, probability] of Object.entries(states))
          expect(probability).toBeCloseTo(weigh(worlds, { ...evidence, [name]: state }) / known, 10);
      }
    }),
    { numRuns: 300 },
  );
});

test("no states of all variables, or of those named, are likelier than the most probable explanation", () => {
  fc.assert(
    fc.property(questions, ({ definitions, world, roles }) => {
      const network = open(definitions);
      const worlds = enumerate(definitions);
      const { asked, evidence, free } = partedBy(definitions, roles, world.states);
      for (const wanted of [free, asked]) {
        const { states, logProbability } = network.mostProbable(evidence, wanted);
        expect(Object.keys(states)).toEqual(wanted);
        const candidates = worlds.map((each) => Object.fromEntries(wanted.map((name) => [name, each.states[name]])));
        const best = Math.max(...candidates.map((each) => weigh(worlds, { ...evidence, ...each })));
        expect(weigh(worlds, { ...evidence, ...states })).toBeCloseTo(best, 12);
        expect(Math.exp(logProbability)).toBeCloseTo(best, 12);
      }
    }),
    { numRuns: 300 },
  );
});

test.each([
  ["nothing", {}],
  ["what lies below", { wetGrass: "yes" }],
  ["what lies between", { sprinkler: "no", wetGrass: "yes" }],
  ["what lies above", { cloudy: "yes" }],
])("samples given %s are as frequent as they are likely", (_, evidence) => {
  const count = 20_000;
  const often = new Map<string, number>();
  const drawn = sprinkler.sample({ seed: 5, evidence, count });
  for (const states of drawn) {
    expect(states).toMatchObject(evidence);
    often.set(JSON.stringify(states), (often.get(JSON.stringify(states)) ?? 0) + 1);
  }
  const free = ["cloudy", "sprinkler", "rain", "wetGrass"].filter((name) => !(name in evidence));
  const joint = sprinkler.query(free, evidence);
  let [chiSquare, cells, seen] = [0, 0, 0];
  for (const states of combinations(free)) {
    const expected = count * joint.probabilityOf(states);
    const all = { ...states, ...evidence };
    const inOrder = Object.fromEntries(sprinkler.variables.map(({ name }) => [name, all[name as keyof typeof all]]));
    const observed = often.get(JSON.stringify(inOrder)) ?? 0;
    seen += observed;
    if (expected === 0) expect(observed).toBe(0);
    else [chiSquare, cells] = [chiSquare + (observed - expected) ** 2 / expected, cells + 1];
  }
  expect(seen).toBe(count);
  // Mean and variance of chi-square are its degrees of freedom and twice these: 4 deviations are beyond p = 0.001.
  expect(chiSquare).toBeLessThan(cells - 1 + 4 * Math.sqrt(2 * (cells - 1)));
});

function combinations(names: readonly string[]): Record<string, string>[] {
  return names.reduce<Record<string, string>[]>(
    (all, name) => all.flatMap((each) => yesNo.map((state) => ({ ...each, [name]: state }))),
    [{}],
  );
}

test("every sample agrees with the evidence and is possible, and the same seed draws the same", () => {
  fc.assert(
    fc.property(questions, fc.nat(), ({ definitions, world, roles }, seed) => {
      const network = open(definitions);
      const { evidence } = partedBy(definitions, roles, world.states);
      const drawn = network.sample({ seed, evidence, count: 5 });
      expect(network.sample({ seed, evidence, count: 5 })).toEqual(drawn);
      for (const states of drawn) {
        expect(states).toMatchObject(evidence);
        expect(network.probability(states)).toBeGreaterThan(0);
      }
    }),
  );
});

test("evidence of probability 0 has probability 0, and nothing follows from it", () => {
  const evidence = { sprinkler: "no", rain: "no", wetGrass: "yes" };
  expect(sprinkler.probability(evidence)).toBe(0);
  expect(sprinkler.logProbability(evidence)).toBe(Number.NEGATIVE_INFINITY);
  for (const ask of [
    () => sprinkler.query(["cloudy"], evidence),
    () => sprinkler.mostProbable(evidence),
    () => sprinkler.sample({ evidence }),
  ])
    expect(ask).toThrow("The evidence has probability 0");
});

test.each([
  [() => alarm.query(["burglar"]), 'The network has no variable "burglar". Did you mean "burglary"?'],
  [() => alarm.query(["alarm", "alarm"]), 'The variable "alarm" is named twice'],
  [() => alarm.query(["alarm"], { alarm: "yes" }), 'The variable "alarm" is both asked for and observed'],
  [() => alarm.probability({ alarm: "ringing" }), '"alarm" has no state "ringing". There are: yes, no.'],
  [() => alarm.query(["alarm"]).probabilityOf({ burglary: "yes" }), 'no variable "burglary"'],
  [() => alarm.sample({ seed: -1 }), "seed must be"],
  [() => alarm.sample({ count: 0 }), "count must be"],
])("%s is refused", (ask, message) => {
  expect(ask).toThrow(expect.objectContaining({ code: "invalid-input" }));
  expect(ask).toThrow(message);
});

/** A grid where each variable depends on the one above and the one to the left: dense enough to fill any memory. */
function grid(size: number): BayesianNetwork {
  const name = (x: number, y: number): string => `x${x}y${y}`;
  const definitions = Array.from({ length: size * size }, (_, i): VariableDefinition => {
    const [x, y] = [i % size, Math.floor(i / size)];
    const parents = [...(x > 0 ? [name(x - 1, y)] : []), ...(y > 0 ? [name(x, y - 1)] : [])];
    const rows = Array.from({ length: 2 ** parents.length }, (_, j) => row(0.2 + 0.15 * j));
    return { name: name(x, y), states: yesNo, parents, probabilities: rows };
  });
  return bayesianNetwork(defineBayesianNetwork(definitions), { factorLimit: 2 ** 12 });
}

test("a question that needs too much memory is refused before the work, by the names of the variables", () => {
  const large = grid(30);
  for (const ask of [() => large.probability({ x29y29: "yes" }), () => large.mostProbable()]) {
    expect(ask).toThrow(expect.objectContaining({ code: "too-large" }));
    expect(ask).toThrow(/"x\d+y\d+", "x\d+y\d+".* together; at most 4096 are allowed/);
  }
  expect(() => large.query(Array.from({ length: 13 }, (_, i) => `x${i}y0`))).toThrow(/"x0y0", "x1y0"/);
  expect(large.query(["x3y3"]).probabilities).toHaveLength(2);
});

test("thousands of unlikely observations neither vanish nor take long", () => {
  const children = Array.from({ length: 3000 }, (_, i) => `c${i}`);
  const naive = open([
    { name: "class", states: yesNo, probabilities: [row(0.5)] },
    ...children.map((name) => ({
      name,
      states: yesNo,
      parents: ["class"],
      probabilities: [row(0.001), row(0.001 + 1e-6)],
    })),
  ]);
  const all = Object.fromEntries(children.map((name) => [name, "yes"]));
  const ratio = (1.001 / 1) ** 3000;
  expect(naive.query(["class"], all).probabilityOf({ class: "no" })).toBeCloseTo(ratio / (1 + ratio), 8);
  expect(naive.logProbability(all)).toBeCloseTo(3000 * Math.log(0.001) + Math.log((1 + ratio) / 2), 6);
  expect(Object.values(naive.mostProbable({ class: "yes" }).states)).toEqual(children.map(() => "no"));
});

test.each([
  ["no variables", []],
  [
    "a doubled name",
    [
      { name: "a", states: ["x"], probabilities: [[1]] },
      { name: "a", states: ["x"], probabilities: [[1]] },
    ],
  ],
  ["a doubled state", [{ name: "a", states: ["x", "x"], probabilities: [[0.5, 0.5]] }]],
  ["no states", [{ name: "a", states: [], probabilities: [[]] }]],
  [
    "a circle",
    [
      { name: "a", states: ["x"], parents: ["b"], probabilities: [[1]] },
      { name: "b", states: ["x"], parents: ["a"], probabilities: [[1]] },
    ],
  ],
  ["an unknown parent", [{ name: "a", states: ["x"], parents: ["b"], probabilities: [[1]] }]],
  ["a row too many", [{ name: "a", states: ["x"], probabilities: [[1], [1]] }]],
  ["a row too long", [{ name: "a", states: ["x"], probabilities: [[0.5, 0.5]] }]],
  ["a sum off 1", [{ name: "a", states: ["x", "y"], probabilities: [[0.5, 0.4]] }]],
  ["a number below 0", [{ name: "a", states: ["x", "y"], probabilities: [[1.5, -0.5]] }]],
])("a network with %s is refused", (_, definitions) => {
  expect(() => defineBayesianNetwork(definitions)).toThrow(expect.objectContaining({ code: "invalid-input" }));
});

test("params that make no network are refused as damaged", () => {
  const whole = defineBayesianNetwork([
    { name: "a", states: yesNo, probabilities: [row(0.5)] },
    { name: "b", states: yesNo, parents: ["a"], probabilities: [row(0.5), row(0.1)] },
  ]);
  for (const change of [
    { variables: [] },
    { variables: whole.variables.slice(1) },
    { variables: [whole.variables[0], whole.variables[0]] },
    { parentOffsets: Uint32Array.of(0, 0, 2) },
    { parents: Uint32Array.of(7) },
    { parents: Uint32Array.of(1) },
    { probabilities: whole.probabilities.map(() => 0.4) },
    { probabilities: whole.probabilities.subarray(1) },
    { probabilities: whole.probabilities.map(() => Number.NaN) },
  ])
    expect(() => bayesianNetwork({ ...whole, ...change }), JSON.stringify(change)).toThrow(
      expect.objectContaining({ code: "model-damaged" }),
    );
});
