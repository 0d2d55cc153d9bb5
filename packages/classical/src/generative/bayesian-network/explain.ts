import { eliminate, traceBack } from "./eliminate.js";
import { familyFactor, unobserved } from "./factor.js";
import { impossible } from "./impossible.js";
import type { Network } from "./network.js";
import { ancestorsOf, observedVariables } from "./relevance.js";

/**
 * The states of the variables asked for that are likeliest together with the evidence, the others summed out:
 * max-product elimination, and back along the products. Of equals the state that comes first.
 * @throws {BifocalError} `invalid-input` for evidence of probability 0, `too-large`.
 */
export function explain(
  network: Network,
  asked: readonly number[],
  evidence: Int32Array,
  limit: number,
): { states: Int32Array; logProbability: number } {
  const relevant = ancestorsOf(network, [...asked, ...observedVariables(evidence)]);
  const wanted = new Set(asked);
  const hidden = relevant.filter((each) => evidence[each] === unobserved && !wanted.has(each));
  const factors = relevant.map((each) => familyFactor(network, each, evidence));
  const summed = { variables: hidden, combine: "sum" } as const;
  const maximized = { variables: asked, combine: "maximum" } as const;
  const eliminated = eliminate(network, factors, [summed, maximized], [], { limit, keepProducts: true });
  if (eliminated.factor.values[0] === 0) throw impossible();
  const states = evidence.slice();
  traceBack(lastOf(eliminated, asked.length), network.cardinalities, states, largestAt);
  return { states, logProbability: Math.min(0, Math.log(eliminated.factor.values[0]) + eliminated.factor.logScale) };
}

/** The products of the last `count` variables: the earlier ones were summed out, and have no best state. */
function lastOf<T extends { readonly products: readonly unknown[] }>(eliminated: T, count: number): T {
  return { ...eliminated, products: eliminated.products.slice(eliminated.products.length - count) };
}

function largestAt(values: Float64Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}
