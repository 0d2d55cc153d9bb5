import { BifocalError, type Random, seededRandom } from "@bifocal/contracts";
import type { Learner, Settings } from "../learner.js";
import { checkSettings } from "../learners.js";

/** From one end to the other, drawn evenly on a logarithmic scale where both are above 0, else on a plain one. */
export interface SearchRange {
  readonly from: number;
  readonly to: number;
}

/** What to try for a setting: these values, or numbers drawn from a range. */
export type SearchValues = readonly Settings[string][] | SearchRange;

/** The settings to search, by name. */
export type SearchSpace = Readonly<Record<string, SearchValues>>;

/** Values of the settings that are searched. */
export type Candidate = Settings;

const mostTrials = 10_000;

/**
 * The settings to try: every combination of the values, the last name's changing fastest; or so many `trials` drawn at
 * random, each once.
 * @throws {BifocalError} `unknown-option` or `invalid-input` for what the learner does not take, before anything is trained.
 */
export function candidatesOf(
  space: SearchSpace,
  learner: Learner,
  { trials, seed }: { readonly trials?: number | undefined; readonly seed: number },
): Candidate[] {
  checkSpace(space, trials);
  const candidates = trials === undefined ? combinations(Object.entries(space)) : draw(space, learner, trials, seed);
  for (const candidate of candidates) checkSettings(learner, candidate);
  return candidates;
}

function checkSpace(space: SearchSpace, trials: number | undefined): void {
  const invalid = (message: string): BifocalError => new BifocalError("invalid-input", message);
  if (Object.keys(space).length === 0) throw invalid("A search needs one setting or more.");
  for (const [name, values] of Object.entries(space)) {
    if (isRange(values) ? !(values.from < values.to) : values.length === 0)
      throw invalid(`The search has no values for ${name}: give some, or a range from a number to a larger one.`);
    if (isRange(values) && trials === undefined)
      throw invalid(`${name} is searched in a range: say how many trials to draw, or list its values.`);
  }
  const count = trials ?? Object.values(space).reduce((product, values) => product * lengthOf(values), 1);
  if (!Number.isInteger(count) || count < 1 || count > mostTrials)
    throw invalid(
      `A search makes from 1 to ${mostTrials} trials, not ${count}. List fewer values, or draw some of them.`,
    );
}

function isRange(values: SearchValues): values is SearchRange {
  return !Array.isArray(values);
}

function lengthOf(values: SearchValues): number {
  return isRange(values) ? 1 : values.length;
}

function combinations([first, ...rest]: readonly (readonly [string, SearchValues])[]): Candidate[] {
  if (first === undefined) return [{}];
  const [name, values] = first;
  const others = combinations(rest);
  return isRange(values) ? [] : values.flatMap((value) => others.map((other) => ({ [name]: value, ...other })));
}

/** Fewer than asked for where the space has no more: a candidate that was drawn already is drawn anew, ten times. */
function draw(space: SearchSpace, learner: Learner, trials: number, seed: number): Candidate[] {
  const random = seededRandom(seed);
  const drawn = new Map<string, Candidate>();
  for (let turn = 0; turn < 10 * trials && drawn.size < trials; turn++) {
    const candidate = Object.fromEntries(
      Object.entries(space).map(([name, values]) => [name, drawValue(values, learner.settings[name]?.type, random)]),
    );
    drawn.set(JSON.stringify(candidate), candidate);
  }
  return [...drawn.values()];
}

function drawValue(values: SearchValues, type: string | undefined, random: Random): Settings[string] {
  if (!isRange(values)) return values[Math.floor(random() * values.length)];
  const { from, to } = values;
  const share = random();
  const exact = from > 0 ? from * (to / from) ** share : from + (to - from) * share;
  // Four digits are finer than any search, and can be read and typed again.
  return type === "integer" ? Math.round(exact) : Number(exact.toPrecision(4));
}
