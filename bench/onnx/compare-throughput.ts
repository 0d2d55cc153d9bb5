import { availableParallelism } from "node:os";
import { inferenceThreads } from "../../packages/core/src/engines/inference-threads.js";
import { median, type Reading } from "../measurement.js";
import { inTurns, type Side, withSides } from "../sides.js";
import { withEncoder } from "./encoder-files.js";

const program = new URL("./classifier-side.mjs", import.meta.url);
const batchSizes = [2, 4, 8, 16, 32];

/** As many as ours takes for a network of this size. */
export const threadsOfOurs = inferenceThreads(Number.POSITIVE_INFINITY) ?? availableParallelism();

/** What the ratios of ours should be at least. */
export interface ThroughputGoals {
  readonly batches: number;
  readonly "one by one"?: number;
}

/**
 * Texts a second of one call of ours, beside the library's pipeline in batches of its best size and its loop of single
 * calls: first in as many threads as ours has, then, of the first texts, in those that it takes by itself.
 * @param rounds texts of a call of ours, and what the library has meanwhile
 */
export function compareThroughput(
  what: string,
  rounds: readonly (readonly string[])[],
  goals: ThroughputGoals,
): Promise<Reading[]> {
  return withEncoder((folder) => {
    const sides = { ours: ["ours", folder], same: ["library", folder, `${threadsOfOurs}`], own: ["library", folder] };
    return withSides(program, sides, async ({ ours, same, own }) => {
      const threads = threadsOfOurs === 1 ? "1 thread" : `${threadsOfOurs} threads`;
      return [
        ...(await compare(`${what}, ${threads} each`, rounds, [ours, same], goals)),
        ...(await compare(`${what}, threads as each takes them`, rounds.slice(0, 2), [ours, own], {})),
      ];
    });
  });
}

async function compare(
  what: string,
  rounds: readonly (readonly string[])[],
  [ours, library]: readonly [Side, Side],
  goals: Partial<ThroughputGoals>,
): Promise<Reading[]> {
  const few = (rounds[0] as readonly string[]).slice(0, 48);
  await secondsOf(ours, "one call", few);
  const size = await bestSize(library, few);
  const texts = (round: number) => rounds[round] as readonly string[];
  const found = await inTurns(rounds.length, {
    ours: (round) => secondsOf(ours, "one call", texts(round)),
    batches: (round) => secondsOf(library, "batches", texts(round), size),
    "one by one": (round) => secondsOf(library, "one by one", texts(round)),
  });
  const speed = (side: "ours" | "batches" | "one by one"): number =>
    median(found.map((each, round) => texts(round).length / each[side]));
  const ratio = (to: "batches" | "one by one") => ({
    to,
    value: median(found.map((each) => each[to] / each.ours)),
    ...(goals[to] !== undefined && { goal: goals[to] }),
  });
  return [
    { what: `${what}: library in batches of ${size}`, value: speed("batches"), unit: "texts/s" },
    { what: `${what}: library one by one`, value: speed("one by one"), unit: "texts/s" },
    {
      what: `${what}: one call of ours`,
      value: speed("ours"),
      unit: "texts/s",
      ratios: [ratio("batches"), ratio("one by one")],
    },
  ];
}

/** The size in which the library is fastest, once it is warm. */
async function bestSize(library: Side, texts: readonly string[]): Promise<number> {
  await secondsOf(library, "batches", texts, 8);
  const tried: (readonly [number, number])[] = [];
  for (const size of batchSizes) tried.push([await secondsOf(library, "batches", texts, size), size]);
  const [, best] = tried.sort(([a], [b]) => a - b)[0] as readonly [number, number];
  return best;
}

async function secondsOf(side: Side, way: string, texts: readonly string[], size?: number): Promise<number> {
  const { seconds } = await side.ask<{ readonly seconds: number }>({ way, texts, size });
  return seconds;
}
