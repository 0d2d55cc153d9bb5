import { conditionalMutualInformation } from "../generative/bayesian-network/mutual-information.js";
import type { SentenceColumns } from "./sentence-columns.js";
import { cuesOf, type ReadSentences, sentenceFeatures } from "./sentence-features.js";

/** A text whose sentences are known to be in a summary, or not. */
export interface JudgedText extends ReadSentences {
  readonly chosen: ReadonlySet<number>;
}

export interface ColumnSettings {
  /** How many ranges a feature's values are parted into, of about as many sentences each. */
  readonly ranges: number;
  /** How many cues are kept: those that tell most of whether a sentence is in a summary. */
  readonly cues: number;
  /** A cue stands in so many sentences or more. */
  readonly minimumSentences: number;
}

/** Learns the ranges of features by quantiles, and the cues by mutual information; the order of the texts does not matter. */
export function learnSentenceColumns(texts: readonly JudgedText[], settings: ColumnSettings): SentenceColumns {
  const edges = sentenceFeatures.map((name) => [
    name,
    quantiles(
      texts.flatMap((text) => text.features[name]),
      settings.ranges,
    ),
  ]);
  return { edges: Object.fromEntries(edges), cues: chooseCues(texts, settings) };
}

/** The distinct values at the shares 1/n to (n - 1)/n of all, the least of all left out: nothing is below it. */
function quantiles(values: readonly number[], ranges: number): number[] {
  const ascending = Float64Array.from(values).sort();
  const edges = new Set<number>();
  for (let i = 1; i < ranges; i++) edges.add(ascending[Math.floor((i * ascending.length) / ranges)]);
  edges.delete(ascending[0]);
  return [...edges];
}

/** In how many sentences a cue stands: of all, and of those that are in a summary. */
interface CueCount {
  all: number;
  chosen: number;
}

function chooseCues(texts: readonly JudgedText[], { cues: most, minimumSentences }: ColumnSettings): string[] {
  const total: CueCount = { all: 0, chosen: 0 };
  const counts = new Map<string, CueCount>();
  for (const { words, chosen } of texts) {
    for (const [i, own] of words.entries()) {
      count(total, chosen.has(i));
      for (const cue of cuesOf(own)) {
        const known = counts.get(cue) ?? { all: 0, chosen: 0 };
        counts.set(cue, known);
        count(known, chosen.has(i));
      }
    }
  }
  return [...counts]
    .filter(([, { all }]) => all >= minimumSentences)
    .map(([cue, each]) => ({ cue, information: informationOf(each, total) }))
    .sort((a, b) => b.information - a.information || (a.cue < b.cue ? -1 : 1))
    .slice(0, most)
    .map(({ cue }) => cue)
    .sort();
}

function count(counts: CueCount, isChosen: boolean): void {
  counts.all++;
  if (isChosen) counts.chosen++;
}

/** The mutual information of whether a cue is in a sentence and whether that is in a summary. */
function informationOf(cue: CueCount, total: CueCount): number {
  const without = { all: total.all - cue.all, chosen: total.chosen - cue.chosen };
  const table = [without, cue].flatMap(({ all, chosen }) => [all - chosen, chosen]);
  return conditionalMutualInformation(Float64Array.from(table), { x: 2, y: 2 });
}
