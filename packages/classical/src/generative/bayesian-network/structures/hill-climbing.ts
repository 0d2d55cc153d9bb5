import { checkOption, type Random, seededRandom } from "@bifocal/contracts";
import { giveWay } from "../../../text-writer.js";
import { variableNamed } from "../names.js";
import { bdeuScore, type NetworkScore } from "../scores.js";
import type { StateTable } from "../state-table.js";
import { leastGain } from "./least-gain.js";
import { checkMaximumParents } from "./maximum-parents.js";
import { bestMove, type Move, makeMove, openSearch, randomMove, type Search, scoreOf, update } from "./search.js";
import type { LearnStructure, Parents, StructureContext } from "./structure.js";

/** A parent and its child, by name. */
export type Edge = readonly [parent: string, child: string];

/** What hill climbing goes by, and within which bounds. */
export interface HillClimbingOptions {
  /** Default `bdeuScore(1)`. */
  readonly score?: NetworkScore;
  /** Default 3. */
  readonly maximumParents?: number;
  /** Edges that are there from the start and stay. */
  readonly required?: readonly Edge[];
  /** Edges that are never there. */
  readonly forbidden?: readonly Edge[];
  /**
   * Tabu search: where no change raises the score, the best other one is made, up to so many times in a row, and a
   * changed edge is left alone for so many changes unless that gives the best score yet (0 to 10,000). Default 0: none.
   */
  readonly tabu?: number;
  /** How often the best structure is changed at random and climbed from again (0 to 10,000). Default 0. */
  readonly restarts?: number;
  /** How many random changes a restart makes (1 to 10,000). Default: one for every three variables, at least 4. */
  readonly perturbations?: number;
  /** Of the restarts; the same seed gives the same structure (0 to 2^32 - 1). Default 1. */
  readonly seed?: number;
}

const rules = {
  tabu: { type: "integer", min: 0, max: 10_000, about: "changes for which a changed edge is left alone" },
  restarts: { type: "integer", min: 0, max: 10_000, about: "how often it climbs again" },
  perturbations: { type: "integer", min: 1, max: 10_000, about: "random changes of a restart" },
  seed: { type: "integer", min: 0, max: 2 ** 32 - 1, about: "same seed, same structure" },
} as const;

/**
 * Greedy search over structures (Heckerman, Geiger & Chickering 1995, section 6): from the required edges alone, the
 * change of one edge (to add, to remove or to reverse it) that raises the score most is made until none raises it. No
 * change ever closes a circle. The scores of all changes are kept, and worked out again only for the families changed.
 * Progress tells the score by its negative for each row, which never rises without `tabu`.
 * @throws {BifocalError} `invalid-input` for an option out of its range, and when it learns for an unknown variable or
 *   required edges that make a circle.
 * @example trainBayesianNetwork(rows, { structure: hillClimbingStructure({ score: bicScore, tabu: 10 }) })
 */
export function hillClimbingStructure(options: HillClimbingOptions = {}): LearnStructure {
  const { score = bdeuScore(), maximumParents = 3, required = [], forbidden = [], tabu = 0 } = options;
  const { restarts = 0, seed = 1, perturbations } = options;
  checkMaximumParents(maximumParents);
  for (const [name, value] of Object.entries({ tabu, restarts, seed, perturbations: perturbations ?? 1 }))
    checkOption(name, rules[name as keyof typeof rules], value);
  return async (table, context) => {
    const edges = { required: numbered(table, required), forbidden: numbered(table, forbidden) };
    const search = await openSearch(table, { score, maximumParents, ...edges }, context.signal);
    const climber: Climber = { search, tabu, report: reporter(table, maximumParents, context), signal: context.signal };
    const changes = perturbations ?? Math.max(4, Math.ceil(table.variables.length / 3));
    return restarted(climber, restarts, changes, seededRandom(seed));
  };
}

interface Climber {
  readonly search: Search;
  readonly tabu: number;
  readonly report: (score: number) => void;
  readonly signal: StructureContext["signal"];
}

/** A structure and its score. */
interface Found {
  readonly score: number;
  readonly parents: Parents;
}

async function restarted(climber: Climber, restarts: number, changes: number, random: Random): Promise<Parents> {
  let best = await climb(climber);
  for (let restart = 0; restart < restarts; restart++) {
    await perturb(climber, best, changes, random);
    const found = await climb(climber);
    if (found.score > best.score) best = found;
  }
  return best.parents;
}

async function perturb(
  { search, signal }: Climber,
  { parents }: Found,
  changes: number,
  random: Random,
): Promise<void> {
  for (const [child, each] of parents.entries()) {
    if (sameNumbers(search.parents[child], each)) continue;
    search.parents[child] = [...each];
    update(search, child);
    await giveWay({ signal });
  }
  for (let change = 0; change < changes; change++) {
    const move = randomMove(search, random);
    if (move !== undefined) makeMove(search, move);
    await giveWay({ signal });
  }
}

/** Climbs from where the search stands, and gives the best structure that it came by. */
async function climb({ search, tabu, report, signal }: Climber): Promise<Found> {
  let best = snapshot(search);
  const changed: string[] = [];
  for (let inVain = 0; inVain <= tabu; ) {
    const move = bestMove(search, (each) => isAllowed(each, changed, search, best.score));
    if (move === undefined || (tabu === 0 && move.gain <= leastGain)) break;
    makeMove(search, move);
    if (tabu > 0) changed.push(edgeOf(move));
    if (changed.length > tabu) changed.shift();
    report(scoreOf(search));
    if (scoreOf(search) > best.score + leastGain) [best, inVain] = [snapshot(search), 0];
    else inVain++;
    await giveWay({ signal });
  }
  return best;
}

function isAllowed(move: Move, changed: readonly string[], search: Search, best: number): boolean {
  return !changed.includes(edgeOf(move)) || scoreOf(search) + move.gain > best + leastGain;
}

function edgeOf({ parent, child }: Move): string {
  return parent < child ? `${parent} ${child}` : `${child} ${parent}`;
}

function snapshot(search: Search): Found {
  return { score: scoreOf(search), parents: search.parents.map((each) => [...each]) };
}

function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((each, i) => each === b[i]);
}

function numbered(table: StateTable, edges: readonly Edge[]): [number, number][] {
  return edges.map(([parent, child]) => [variableNamed(table, parent), variableNamed(table, child)]);
}

function reporter(
  table: StateTable,
  maximumParents: number,
  { onProgress }: StructureContext,
): (score: number) => void {
  const iterations = table.variables.length * maximumParents;
  let iteration = 0;
  return (score) => {
    iteration++;
    onProgress?.({ iteration, iterations: Math.max(iterations, iteration), objective: -score / table.weight });
  };
}
