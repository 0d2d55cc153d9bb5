import { type Assignment, stateNamed, variableNamed } from "./names.js";
import type { Network, Variable } from "./network.js";

/** P(variables | evidence), jointly. */
export interface Distribution {
  readonly variables: readonly Variable[];
  /** One for each combination of states, the last variable's fastest; they add up to 1. */
  readonly probabilities: Float64Array;
  /**
   * The probability of states of some of the variables; of the others whatever they are.
   * @throws {BifocalError} `invalid-input` for a variable or state that is not here.
   */
  probabilityOf(states: Assignment): number;
  /** The probability of each state of one of the variables, whatever the others are. @throws {BifocalError} `invalid-input` */
  marginalOf(variable: string): Record<string, number>;
}

/** Names the numbers of a joint distribution over the variables asked for. */
export function distribution(network: Network, asked: readonly number[], probabilities: Float64Array): Distribution {
  const variables = asked.map((each) => network.variables[each]);
  const probabilityOf = (states: Assignment): number =>
    sumWhere(variables, probabilities, statesWanted(variables, states));
  return {
    variables,
    probabilities,
    probabilityOf,
    marginalOf(variable) {
      const { states } = variables[variableNamed({ variables }, variable)];
      return Object.fromEntries(states.map((state) => [state, probabilityOf({ [variable]: state })]));
    },
  };
}

/** The number of each variable's wanted state; -1 where any will do. */
function statesWanted(variables: readonly Variable[], states: Assignment): number[] {
  const wanted = variables.map(() => -1);
  for (const [name, state] of Object.entries(states)) {
    const position = variableNamed({ variables }, name);
    wanted[position] = stateNamed(variables[position], state);
  }
  return wanted;
}

function sumWhere(variables: readonly Variable[], probabilities: Float64Array, wanted: readonly number[]): number {
  let total = 0;
  for (let i = 0; i < probabilities.length; i++) if (isWanted(variables, i, wanted)) total += probabilities[i];
  return total;
}

function isWanted(variables: readonly Variable[], index: number, wanted: readonly number[]): boolean {
  let rest = index;
  for (let v = variables.length - 1; v >= 0; v--) {
    const count = variables[v].states.length;
    if (wanted[v] >= 0 && wanted[v] !== rest % count) return false;
    rest = Math.floor(rest / count);
  }
  return true;
}
