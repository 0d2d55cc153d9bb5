import fc from "fast-check";
import type { VariableDefinition } from "../src/generative/bayesian-network/define-network.js";
import type { Assignment } from "../src/generative/bayesian-network/names.js";

/** Small networks of up to six variables in any order, with certainties among the tables. */
export const smallNetworks: fc.Arbitrary<VariableDefinition[]> = fc
  .array(
    fc.record({
      states: fc.integer({ min: 1, max: 3 }),
      candidates: fc.array(fc.nat({ max: 5 }), { maxLength: 3 }),
      weights: fc.array(fc.constantFrom(0, 1, 2, 3, 5, 8), { minLength: 5, maxLength: 20 }),
      place: fc.nat(),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((drafts) =>
    drafts
      .map(({ states, candidates, weights, place }, v) => {
        const parents = [...new Set(candidates.filter((each) => each < v))];
        const rows = parents.reduce((product, parent) => product * drafts[parent].states, 1);
        return {
          place,
          name: `v${v}`,
          states: namesOf(states),
          parents: parents.map((parent) => `v${parent}`),
          probabilities: Array.from({ length: rows }, (_, row) => rowOf(states, row, weights)),
        };
      })
      .sort((a, b) => a.place - b.place)
      .map(({ place: _, ...definition }) => definition),
  );

function namesOf(states: number): string[] {
  return Array.from({ length: states }, (_, state) => `s${state}`);
}

function rowOf(states: number, row: number, weights: readonly number[]): number[] {
  const chosen = Array.from({ length: states }, (_, state) => weights[(row * states + state) % weights.length]);
  const total = chosen.reduce((sum, each) => sum + each, 0);
  return chosen.map((each) => (total === 0 ? 1 / states : each / total));
}

/** A combination of states, and how likely it is. */
export interface World {
  readonly states: Assignment;
  readonly probability: number;
}

/** Every combination of states with its probability, multiplied out table by table. */
export function enumerate(definitions: readonly VariableDefinition[]): World[] {
  let worlds: Record<string, string>[] = [{}];
  for (const { name, states } of definitions)
    worlds = worlds.flatMap((world) => states.map((state) => ({ ...world, [name]: state })));
  const byName = new Map(definitions.map((each) => [each.name, each]));
  return worlds.map((states) => ({
    states,
    probability: definitions.reduce((product, each) => product * entryOf(each, states, byName), 1),
  }));
}

function entryOf(
  { name, states, parents = [], probabilities }: VariableDefinition,
  world: Assignment,
  byName: ReadonlyMap<string, VariableDefinition>,
): number {
  let row = 0;
  for (const parent of parents) {
    const of = byName.get(parent)?.states ?? [];
    row = row * of.length + of.indexOf(world[parent]);
  }
  return probabilities[row][states.indexOf(world[name])];
}

/** The probability of all worlds that agree with the states. */
export function weigh(worlds: readonly World[], states: Assignment): number {
  const wanted = Object.entries(states);
  return worlds
    .filter((world) => wanted.every(([name, state]) => world.states[name] === state))
    .reduce((sum, { probability }) => sum + probability, 0);
}
