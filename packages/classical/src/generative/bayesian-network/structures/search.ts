import { BifocalError, type Random } from "@bifocal/contracts";
import type { TrainingSignal } from "../../../learner.js";
import { giveWay } from "../../../text-writer.js";
import { familyCounter } from "../family-counts.js";
import type { NetworkScore } from "../scores.js";
import type { StateTable } from "../state-table.js";
import { topologicalOrder } from "../topological-order.js";
import { leastGain } from "./least-gain.js";

/** What a search may do. Edges are pairs of numbers, the parent first. */
export interface SearchRules {
  readonly score: NetworkScore;
  readonly maximumParents: number;
  readonly required: readonly (readonly [number, number])[];
  readonly forbidden: readonly (readonly [number, number])[];
}

/** A structure, and what each change of one edge would bring. */
export interface Search {
  readonly table: StateTable;
  readonly rules: SearchRules;
  /** Of each variable; the required ones first, then in order of joining. */
  readonly parents: number[][];
  /** The score of each family. */
  readonly scores: Float64Array;
  /** By child and parent: what the edge would bring; -Infinity where it cannot be. */
  readonly additions: readonly Float64Array[];
  /** By child and parent: what leaving out the edge would bring; -Infinity where it is not or must be. */
  readonly removals: readonly Float64Array[];
}

/** A change of one edge, and by how much it raises the score. */
export interface Move {
  readonly kind: "add" | "remove" | "reverse";
  readonly parent: number;
  readonly child: number;
  readonly gain: number;
}

/** Begins with the required edges. @throws {BifocalError} `invalid-input` where they make a circle, `too-large`, `aborted`. */
export async function openSearch(
  table: StateTable,
  rules: SearchRules,
  signal: TrainingSignal | undefined,
): Promise<Search> {
  const count = table.variables.length;
  const parents: number[][] = table.variables.map(() => []);
  for (const [parent, child] of rules.required) if (!parents[child].includes(parent)) parents[child].push(parent);
  if (topologicalOrder(parents) === undefined)
    throw new BifocalError("invalid-input", "The required edges make a circle; leave one of them out.");
  const gains = () => Array.from({ length: count }, () => new Float64Array(count).fill(Number.NEGATIVE_INFINITY));
  const search = { table, rules, parents, scores: new Float64Array(count), additions: gains(), removals: gains() };
  for (let child = 0; child < count; child++) {
    update(search, child);
    await giveWay({ signal });
  }
  return search;
}

/** The score of the whole structure. */
export function scoreOf({ scores }: Search): number {
  return scores.reduce((sum, each) => sum + each, 0);
}

/** Works out again what changes of a variable's parents would bring. */
export function update(search: Search, child: number): void {
  const { table, rules, parents, scores } = search;
  const states = table.variables[child].states.length;
  const score = (counts: Float64Array): number => rules.score.ofFamily(counts, states, table.weight);
  const counter = familyCounter(table, child, parents[child]);
  scores[child] = score(counter.counts);
  const additions = search.additions[child].fill(Number.NEGATIVE_INFINITY);
  const removals = search.removals[child].fill(Number.NEGATIVE_INFINITY);
  for (let parent = 0; parent < additions.length; parent++) {
    if (parent === child) continue;
    if (parents[child].includes(parent)) {
      if (isAmong(rules.required, parent, child)) continue;
      const others = parents[child].filter((each) => each !== parent);
      removals[parent] = score(familyCounter(table, child, others).counts) - scores[child];
    } else if (parents[child].length < rules.maximumParents && !isAmong(rules.forbidden, parent, child)) {
      const counts = counter.adding(parent);
      if (counts !== undefined) additions[parent] = score(counts) - scores[child];
    }
  }
}

function isAmong(edges: SearchRules["required"], parent: number, child: number): boolean {
  return edges.some((edge) => edge[0] === parent && edge[1] === child);
}

/** Of the changes that close no circle and are allowed, the one that brings most; of equals the first. */
export function bestMove(search: Search, isAllowed: (move: Move) => boolean): Move | undefined {
  let best: Move | undefined;
  let least = Number.NEGATIVE_INFINITY;
  const consider = (kind: Move["kind"], parent: number, child: number, gain: number): void => {
    const move = { kind, parent, child, gain };
    if (gain <= least || !isAllowed(move) || !keepsOrder(search, move)) return;
    best = move;
    least = gain + leastGain;
  };
  for (const [child, additions] of search.additions.entries()) {
    for (let parent = 0; parent < additions.length; parent++)
      if (additions[parent] > least) consider("add", parent, child, additions[parent]);
    for (const parent of search.parents[child]) {
      const removal = search.removals[child][parent];
      consider("remove", parent, child, removal);
      consider("reverse", parent, child, removal + search.additions[parent][child]);
    }
  }
  return best;
}

/** A change drawn at random among those that close no circle; undefined where many draws found none. */
export function randomMove(search: Search, random: Random): Move | undefined {
  const count = search.parents.length;
  for (let draw = 0; draw < 100; draw++) {
    const parent = Math.floor(random() * count);
    const child = Math.floor(random() * count);
    const reverses = random() < 0.5;
    const removal = search.removals[child][parent];
    const addition = search.additions[child][parent];
    const move: Move =
      removal === Number.NEGATIVE_INFINITY
        ? { kind: "add", parent, child, gain: addition }
        : reverses
          ? { kind: "reverse", parent, child, gain: removal + search.additions[parent][child] }
          : { kind: "remove", parent, child, gain: removal };
    if (move.gain !== Number.NEGATIVE_INFINITY && keepsOrder(search, move)) return move;
  }
  return undefined;
}

/** Makes a change, and works out again what it touched. */
export function makeMove(search: Search, { kind, parent, child }: Move): void {
  const { parents } = search;
  if (kind === "add") parents[child].push(parent);
  else parents[child].splice(parents[child].indexOf(parent), 1);
  update(search, child);
  if (kind !== "reverse") return;
  parents[parent].push(child);
  update(search, parent);
}

/** Whether the structure stays without a circle. */
function keepsOrder({ parents }: Search, { kind, parent, child }: Move): boolean {
  if (kind === "remove") return true;
  if (kind === "add") return !isAbove(parents, child, parents[parent]);
  return !isAbove(
    parents,
    parent,
    parents[child].filter((each) => each !== parent),
  );
}

/** Whether a variable is one of these, or above one. */
function isAbove(parents: readonly (readonly number[])[], variable: number, start: readonly number[]): boolean {
  const found = new Set(start);
  for (const each of found) {
    if (each === variable) return true;
    for (const parent of parents[each]) found.add(parent);
  }
  return false;
}
