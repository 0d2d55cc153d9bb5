import { cosine } from "../discriminative/embed.js";
import type { Canary, CanaryAnswers, MeasuredText } from "../hub/canary.js";

/** The largest drift that will do: of probabilities, from a cosine of 1, or of nats a token. */
export const tolerances = { score: 0.05, scoreWords: 0.05, embed: 0.02, write: 0.3 } as const;

/** A lead of the best label over the second that no faithful weights turn round. */
const clearLead = 0.2;

/** How far weights are from those that they are compared with, on the same inputs. */
export function compareAnswers(
  reference: CanaryAnswers,
  found: CanaryAnswers,
): Pick<Canary, "drift" | "tolerance" | "agrees"> {
  const tolerance = tolerances[reference.head];
  const drift = finite(driftBetween(reference, found));
  return { drift, tolerance, agrees: drift <= tolerance && sameLabels(reference, found) };
}

/** Means over rows: of a row's largest difference of probabilities, of what its cosine lacks, of its difference a token. */
function driftBetween(reference: CanaryAnswers, found: CanaryAnswers): number {
  if (reference.head === "write" && found.head === "write") return meanDifference(reference.rows, found.rows);
  if (reference.head === "embed" && found.head === "embed") {
    return mean(reference.rows.map(({ vector }, i) => 1 - cosineOf(vector, found.rows[i]?.vector ?? [])));
  }
  const [expected, given] = [probabilitiesOf(reference), probabilitiesOf(found)];
  if (expected.length !== given.length) return Number.POSITIVE_INFINITY;
  return mean(expected.map((row, i) => largestDifference(row, given[i] ?? [])));
}

function sameLabels(reference: CanaryAnswers, found: CanaryAnswers): boolean {
  const given = probabilitiesOf(found);
  return probabilitiesOf(reference).every((row, i) => {
    const [best = 0, second = 0] = [...row].sort((a, b) => b - a);
    const other = given[i] ?? [];
    return best - second < clearLead || other[row.indexOf(best)] === Math.max(...other);
  });
}

function probabilitiesOf(answers: CanaryAnswers): (readonly number[])[] {
  if (answers.head === "score") return answers.rows.map(({ probabilities }) => probabilities);
  if (answers.head === "scoreWords")
    return answers.rows.flatMap(({ probabilities }) => probabilities.map((row) => row ?? []));
  return [];
}

function largestDifference(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return 1;
  return Math.max(0, ...a.map((each, i) => Math.abs(each - (b[i] as number))));
}

function meanDifference(reference: readonly MeasuredText[], found: readonly MeasuredText[]): number {
  return mean(
    reference.map(
      ({ logProbability, tokens }, i) =>
        Math.abs(logProbability - (found[i]?.logProbability ?? Number.NEGATIVE_INFINITY)) / Math.max(1, tokens),
    ),
  );
}

/** Of two vectors of 0 it is 1: they are the same. */
function cosineOf(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return Number.NaN;
  return [...a, ...b].every((each) => each === 0) ? 1 : cosine(a, b);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / Math.max(1, values.length);
}

/** Weights that answer what is no number are as far away as can be written down. */
function finite(drift: number): number {
  return Number.isFinite(drift) ? Math.round(drift * 1e6) / 1e6 : Number.MAX_VALUE;
}
