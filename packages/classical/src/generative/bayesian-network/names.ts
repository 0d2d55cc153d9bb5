import { BifocalError, didYouMean } from "@bifocal/contracts";
import { unobserved } from "./factor.js";
import type { Network, Variable } from "./network.js";

/** States by the names of their variables. */
export type Assignment = Readonly<Record<string, string>>;

/** The number of the state of each variable, or `unobserved`. @throws {BifocalError} `invalid-input` with the nearest names. */
export function observe(network: Network, evidence: Assignment): Int32Array {
  const states = new Int32Array(network.variables.length).fill(unobserved);
  for (const [name, state] of Object.entries(evidence)) {
    const variable = variableNamed(network, name);
    states[variable] = stateNamed(network.variables[variable], state);
  }
  return states;
}

/** Numbers of the variables. @throws {BifocalError} `invalid-input` where one is unknown, named twice, or observed. */
export function variablesNamed(network: Network, names: readonly string[], observed?: Int32Array): number[] {
  const numbers = names.map((name) => variableNamed(network, name));
  for (const [i, number] of numbers.entries()) {
    const problem = problemOf(numbers, i, observed?.[number] ?? unobserved);
    if (problem !== undefined) throw new BifocalError("invalid-input", `The variable "${names[i]}" is ${problem}.`);
  }
  return numbers;
}

function problemOf(numbers: readonly number[], i: number, state: number): string | undefined {
  if (numbers.indexOf(numbers[i]) < i) return "named twice; name it once";
  return state === unobserved ? undefined : "both asked for and observed; leave it out of one";
}

/** The names of some variables with those of their states. */
export function statesOf({ variables }: Network, asked: readonly number[], states: ArrayLike<number>): Assignment {
  return Object.fromEntries(asked.map((each) => [variables[each].name, variables[each].states[states[each]]]));
}

/** The number of a variable. @throws {BifocalError} `invalid-input` with the nearest names. */
export function variableNamed({ variables }: { readonly variables: readonly Variable[] }, name: string): number {
  const number = numbersOf(variables).get(name);
  if (number !== undefined) return number;
  const hint = didYouMean(
    name,
    variables.map((each) => each.name),
  );
  throw new BifocalError("invalid-input", `The network has no variable "${name}". ${hint}`);
}

/** The number of a state. @throws {BifocalError} `invalid-input` with the nearest names. */
export function stateNamed({ name, states }: Variable, state: string): number {
  const number = states.indexOf(state);
  if (number >= 0) return number;
  throw new BifocalError("invalid-input", `"${name}" has no state "${state}". ${didYouMean(`${state}`, states)}`);
}

const known = new WeakMap<readonly Variable[], ReadonlyMap<string, number>>();

/** Numbers by name, made once for each list of variables: a network may have thousands, and be asked often. */
function numbersOf(variables: readonly Variable[]): ReadonlyMap<string, number> {
  const numbers = known.get(variables) ?? new Map(variables.map(({ name }, i) => [name, i]));
  known.set(variables, numbers);
  return numbers;
}
