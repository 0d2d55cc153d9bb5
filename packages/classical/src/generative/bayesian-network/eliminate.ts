import { BifocalError } from "@bifocal/contracts";
import { type Elimination, eliminationOrder } from "./elimination-order.js";
import { type Combine, type Factor, multiply, sizeOf, withoutLast } from "./factor.js";
import type { Network } from "./network.js";

/** Variables that go together, and how: all of a group go before the next group. */
export interface Group {
  readonly variables: readonly number[];
  readonly combine: Combine;
}

/** What is left when the groups are gone, and the products that each variable went from, its own states fastest. */
export interface Eliminated {
  readonly factor: Factor;
  /** In the order of going; empty unless they were to be kept. */
  readonly products: readonly Factor[];
}

interface Limits {
  /** The most numbers that a factor may have; all of them together where the products are kept. */
  readonly limit: number;
  readonly keepProducts: boolean;
}

/**
 * Variable elimination (Zhang & Poole 1996): of the product of the factors, the groups' variables summed or maximized
 * away one by one, in min-fill order. The result is a factor of `kept`, in their order.
 * @throws {BifocalError} `too-large` before any work, where a product would have more than `limit` numbers.
 */
export function eliminate(
  network: Network,
  factors: readonly Factor[],
  groups: readonly Group[],
  kept: readonly number[],
  limits: Limits,
): Eliminated {
  const { cardinalities } = network;
  const scopes = factors.map(({ variables }) => variables);
  const order = eliminationOrder(
    scopes,
    groups.map(({ variables }) => variables),
    cardinalities,
  );
  refuseTooLarge(network, order, kept, limits);
  const combineOf = groups.flatMap(({ variables, combine }) => variables.map(() => combine));
  const left = new Set(factors);
  const products: Factor[] = [];
  for (const [i, { variable, neighbours }] of order.entries()) {
    const touched = [...left].filter(({ variables }) => variables.includes(variable));
    const product = multiply(touched, [...neighbours, variable], cardinalities);
    for (const each of touched) left.delete(each);
    left.add(withoutLast(product, cardinalities[variable], combineOf[i]));
    if (limits.keepProducts) products.push(product);
  }
  return { factor: multiply([...left], kept, cardinalities), products };
}

/**
 * Settles the variables that went, the last one first: `choose` picks a state by the numbers of a variable's states
 * among the states already settled. `states` has the settled ones, and is filled with the others.
 */
export function traceBack(
  { products }: Eliminated,
  cardinalities: readonly number[],
  states: Int32Array,
  choose: (values: Float64Array) => number,
): void {
  for (const { variables, values } of products.toReversed()) {
    const variable = variables[variables.length - 1];
    let start = 0;
    for (const each of variables.slice(0, -1)) start = start * cardinalities[each] + states[each];
    start *= cardinalities[variable];
    states[variable] = choose(values.subarray(start, start + cardinalities[variable]));
  }
}

function refuseTooLarge(
  network: Network,
  order: readonly Elimination[],
  kept: readonly number[],
  { limit, keepProducts }: Limits,
): void {
  const scopes = [...order.map(({ variable, neighbours }) => [...neighbours, variable]), kept];
  const sizes = scopes.map((scope) => sizeOf(scope, network.cardinalities));
  const largest = sizes.reduce((best, size, i) => (size > sizes[best] ? i : best), 0);
  const needed = keepProducts ? sizes.reduce((sum, size) => sum + size, 0) : sizes[largest];
  if (needed <= limit) return;
  const names = scopes[largest].map((each) => `"${network.variables[each].name}"`).join(", ");
  throw new BifocalError(
    "too-large",
    `The answer needs ${needed} numbers in memory, most of them for ${names} together; at most ${limit} are allowed. ` +
      "Give evidence on some of these, ask for fewer variables at once, or raise factorLimit.",
  );
}
