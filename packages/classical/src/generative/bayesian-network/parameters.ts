import { familyCounter } from "./family-counts.js";
import type { NetworkTables } from "./network.js";
import { packEdges } from "./pack-edges.js";
import type { StateTable } from "./state-table.js";

/** How the probabilities of a table are estimated from counts: by maximum likelihood, or under a Dirichlet prior. */
export interface Smoothing {
  /** α: how many rows the prior is worth; 0 is maximum likelihood. */
  readonly equivalentSampleSize: number;
  /**
   * `uniform`: the prior's rows are spread evenly over the whole table, P = (Nⱼₖ + α/(q r)) / (Nⱼ + α/q); the estimate
   * that belongs to BDeu. `fewer-parents`: for each combination of the parents' states they are spread as the child's
   * states are without the last parent, P = (Nⱼₖ + α P(k | parents but the last)) / (Nⱼ + α), and without any parent
   * evenly; good where many combinations are rare (as Friedman, Geiger & Goldszmidt 1997, section 4, smooth TAN).
   */
  readonly prior: "uniform" | "fewer-parents";
  /** With `fewer-parents`: α of what a second parent and more add. Default: `equivalentSampleSize`. */
  readonly dependenceSampleSize?: number;
}

/**
 * The tables of a structure. A combination of the parents' states that no row has, gets what the prior says.
 */
export function estimateTables(
  table: StateTable,
  parents: readonly (readonly number[])[],
  smoothing: Smoothing,
): NetworkTables {
  const { prior, equivalentSampleSize, dependenceSampleSize = equivalentSampleSize } = smoothing;
  const estimates = parents.map((each, child) =>
    prior === "uniform"
      ? spreadEvenly(table, child, each, equivalentSampleSize)
      : backedOff(table, child, each, (used) => (used < 2 ? equivalentSampleSize : dependenceSampleSize)),
  );
  const probabilities = new Float64Array(estimates.reduce((sum, { length }) => sum + length, 0));
  let start = 0;
  for (const each of estimates) {
    probabilities.set(each, start);
    start += each.length;
  }
  return { ...packEdges(parents), probabilities };
}

function spreadEvenly(table: StateTable, child: number, parents: readonly number[], sampleSize: number): Float64Array {
  const { counts } = familyCounter(table, child, parents);
  const states = table.variables[child].states.length;
  const uniform = new Float64Array(states).fill(1 / states);
  return shares(counts, uniform, states, (sampleSize * states) / counts.length);
}

function backedOff(
  table: StateTable,
  child: number,
  parents: readonly number[],
  sampleSizeOf: (parents: number) => number,
): Float64Array {
  const states = table.variables[child].states.length;
  let estimate: Float64Array = new Float64Array(states).fill(1 / states);
  for (let used = 0; used <= parents.length; used++) {
    const { counts } = familyCounter(table, child, parents.slice(0, used));
    const last = used === 0 ? 1 : table.variables[parents[used - 1]].states.length;
    estimate = shares(counts, repeated(estimate, states, last), states, sampleSizeOf(used));
  }
  return estimate;
}

/** Each run of `states` numbers so many times over. */
function repeated(runs: Float64Array, states: number, times: number): Float64Array {
  return Float64Array.from({ length: runs.length * times }, (_, i) => {
    const run = Math.floor(i / states / times);
    return runs[run * states + (i % states)];
  });
}

/**
 * (count + strength · prior) / (total + strength) in each run of `states` numbers; the prior itself where that is 0 / 0.
 * It has one run for all, or as many as there are.
 */
function shares(counts: Float64Array, prior: Float64Array, states: number, strength: number): Float64Array {
  const estimate = new Float64Array(counts.length);
  for (let start = 0; start < counts.length; start += states) {
    let total = strength;
    for (let i = start; i < start + states; i++) total += counts[i];
    for (let i = start; i < start + states; i++) {
      const expected = prior[i % prior.length];
      estimate[i] = total > 0 ? (counts[i] + strength * expected) / total : expected;
    }
  }
  return estimate;
}
