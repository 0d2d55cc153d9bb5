import { BifocalError, throwIfAborted } from "@bifocal/contracts";
import { familyCounter } from "../family-counts.js";
import { variableNamed } from "../names.js";
import { k2Score, type NetworkScore } from "../scores.js";
import type { StateTable } from "../state-table.js";
import { leastGain } from "./least-gain.js";
import { checkMaximumParents } from "./maximum-parents.js";
import type { LearnStructure } from "./structure.js";

/** What K2 goes by. */
export interface K2Options {
  /** Default `k2Score`, as published. */
  readonly score?: NetworkScore;
  /** Default 3. */
  readonly maximumParents?: number;
}

/**
 * K2 (Cooper & Herskovits 1992): in an order that is known, each variable takes from those before it the parent that
 * raises the score most, one after the other, as long as one does.
 * @param order every variable, causes before effects
 * @throws {BifocalError} `invalid-input` where `maximumParents` is no whole number from 0 to 20, and when it learns
 *   where the order lacks a variable or names one twice.
 */
export function k2Structure(order: readonly string[], options: K2Options = {}): LearnStructure {
  const { score = k2Score, maximumParents = 3 } = options;
  checkMaximumParents(maximumParents);
  return (table, { signal, onProgress }) => {
    const numbers = numbersOf(table, order);
    const parents: number[][] = table.variables.map(() => []);
    for (const [i, child] of numbers.entries()) {
      throwIfAborted(signal);
      parents[child] = greedyParents(table, child, numbers.slice(0, i), score, maximumParents);
      onProgress?.({ iteration: i + 1, iterations: numbers.length });
    }
    return parents;
  };
}

function greedyParents(
  table: StateTable,
  child: number,
  candidates: readonly number[],
  score: NetworkScore,
  maximumParents: number,
): number[] {
  const parents: number[] = [];
  const states = table.variables[child].states.length;
  const scoreOf = (counts: Float64Array | undefined): number =>
    counts === undefined ? Number.NEGATIVE_INFINITY : score.ofFamily(counts, states, table.weight);
  let counter = familyCounter(table, child, parents);
  let best = scoreOf(counter.counts);
  while (parents.length < maximumParents) {
    const left = candidates.filter((each) => !parents.includes(each));
    const scores = left.map((each) => scoreOf(counter.adding(each)));
    const winner = scores.reduce((most, each, i) => (each > (scores[most] ?? best) + leastGain ? i : most), -1);
    if (winner < 0) break;
    best = scores[winner];
    parents.push(left[winner]);
    counter = familyCounter(table, child, parents);
  }
  return parents;
}

function numbersOf(table: StateTable, order: readonly string[]): number[] {
  const numbers = order.map((name) => variableNamed(table, name));
  if (new Set(numbers).size === numbers.length && numbers.length === table.variables.length) return numbers;
  throw new BifocalError("invalid-input", "The order of K2 must name every variable of the table exactly once.");
}
