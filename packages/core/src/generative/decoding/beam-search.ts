import { type Random, seededRandom } from "@bifocal/contracts";
import { type Constrain, constrainBy } from "./constraints.js";
import type { Logits, NextTokens, Sequence } from "./next-tokens.js";
import type { DecodingPlan } from "./plan.js";
import { type Distribution, distributionOf, logSoftmax } from "./sampling.js";

/** A sequence that goes on, and the row of the network that it is. */
interface Beam {
  readonly written: readonly number[];
  readonly logProbabilities: readonly number[];
  /** Of its tokens' log-probabilities, as the constraints left them. */
  readonly sum: number;
  readonly row: number;
}

/** A beam and a token that may be next. */
interface Candidate {
  readonly beam: Beam;
  readonly token: number;
  readonly sum: number;
  readonly logProbability: number;
  /** What candidates are chosen by: the sum, or drawn by it. */
  readonly key: number;
}

type Hypothesis = Sequence & { readonly score: number };

/** The search of one prompt. */
interface Search {
  readonly number: number;
  readonly before: readonly number[];
  readonly random: Random;
  beams: readonly Beam[];
  /** The best whole sequences so far, `numBeams` at most, best first. */
  readonly whole: Hypothesis[];
}

/**
 * Beam search as Hugging Face's transformers define it (`BeamSearchScorer`): of all beams and next tokens the best
 * 2 · `numBeams` are looked at; an end among the first `numBeams` makes a whole sequence, the others go on. A sequence's
 * score is its sum of log-probabilities / lengthᵖ, p the `lengthPenalty`, its end counted and its prompt not. With
 * `sampling` the candidates are drawn without replacement (Gumbel top-k, Kool et al. 2019), not the best taken.
 * @returns the `numReturnSequences` best of each prompt, best first
 */
export async function beamSearch(network: NextTokens, plan: DecodingPlan): Promise<Sequence[][]> {
  const constrain = constrainBy(plan);
  const searches = network.prompts.map((before, number) => startSearch(plan, before, number));
  let logits = await network.start();
  for (let length = 1; length <= plan.maxNewTokens; length++) {
    for (const search of searches) extend(search, logits, length, plan, constrain);
    const open = searches.flatMap(({ beams }) => beams);
    if (open.length === 0 || length === plan.maxNewTokens) break;
    logits = await network.advance(
      open.map(({ row }) => row),
      open.map(({ written }) => written.at(-1) as number),
    );
    renumber(searches);
  }
  return searches.map((search) => best(search, plan));
}

function startSearch({ seed }: DecodingPlan, before: readonly number[], number: number): Search {
  const first: Beam = { written: [], logProbabilities: [], sum: 0, row: number };
  return { number, before, random: seededRandom(seed), beams: [first], whole: [] };
}

/** The beams become the rows that the network was told of, in its order. */
function renumber(searches: readonly Search[]): void {
  let row = 0;
  for (const search of searches) search.beams = search.beams.map((beam) => ({ ...beam, row: row++ }));
}

function extend(
  search: Search,
  logits: readonly Logits[],
  length: number,
  plan: DecodingPlan,
  constrain: Constrain | undefined,
): void {
  if (search.beams.length === 0) return;
  const { numBeams, endTokens, stops } = plan;
  const candidates = chooseCandidates(search, logits, plan, constrain);
  const beams: Beam[] = [];
  for (const [rank, candidate] of candidates.entries()) {
    const { beam, token, sum, logProbability } = candidate;
    const written = [...beam.written, token];
    const logProbabilities = [...beam.logProbabilities, logProbability];
    const finishReason = endTokens.has(token) ? "end" : stops?.(search.number, written) ? "stop" : undefined;
    if (finishReason === undefined) beams.push({ written, logProbabilities, sum, row: beam.row });
    else if (rank < numBeams) keepWhole(search, { tokens: written, logProbabilities, finishReason }, sum, plan);
    if (beams.length === numBeams) break;
  }
  search.beams = beams;
  const reached = candidates.reduce((most, { sum }) => Math.max(most, sum), Number.NEGATIVE_INFINITY);
  if (isDone(search, reached, length, plan)) search.beams = [];
}

/** The best candidates, or those drawn, best first. */
function chooseCandidates(
  { beams, before, random }: Search,
  logits: readonly Logits[],
  { numBeams, endTokens, sampling }: DecodingPlan,
  constrain: Constrain | undefined,
): Candidate[] {
  const wanted = Math.max(2, 1 + endTokens.size) * numBeams;
  const chosen = topCandidates(wanted);
  for (const beam of beams) {
    const plain = logSoftmax(logits[beam.row] as Logits);
    const scores = plain.slice();
    constrain?.(scores, before, beam.written);
    const offer = (token: number, sum: number, key: number): void => {
      if (key > chosen.least()) chosen.add({ beam, token, sum, logProbability: plain[token] as number, key });
    };
    if (sampling !== undefined) drawnFrom(distributionOf(scores, sampling), beam.sum, random, offer);
    else for (const [token, score] of scores.entries()) offer(token, beam.sum + score, beam.sum + score);
  }
  return chosen.inOrder().sort((a, b) => b.sum - a.sum);
}

/** The largest keys are those of tokens drawn without replacement. */
function drawnFrom(
  { tokens, weights }: Distribution,
  before: number,
  random: Random,
  offer: (token: number, sum: number, key: number) => void,
): void {
  for (const [i, token] of tokens.entries()) {
    const sum = before + Math.log(weights[i] as number);
    offer(token, sum, sum - Math.log(-Math.log(random())));
  }
}

/** Keeps the so many with the largest keys; of equal ones the first. */
function topCandidates(count: number) {
  const kept: Candidate[] = [];
  return {
    /** What a key must be above to be kept: −∞, of what is forbidden, never is. */
    least: (): number => (kept.length < count ? Number.NEGATIVE_INFINITY : (kept[count - 1] as Candidate).key),
    add(candidate: Candidate): void {
      let place = kept.length;
      while (place > 0 && (kept[place - 1] as Candidate).key < candidate.key) place--;
      kept.splice(place, 0, candidate);
      if (kept.length > count) kept.pop();
    },
    inOrder: () => kept,
  };
}

function keepWhole(
  { whole }: Search,
  sequence: Sequence,
  sum: number,
  { numBeams, lengthPenalty }: DecodingPlan,
): void {
  const score = sum / sequence.tokens.length ** lengthPenalty;
  const better = whole.findIndex((other) => score > other.score);
  whole.splice(better < 0 ? whole.length : better, 0, { ...sequence, score });
  if (whole.length > numBeams) whole.pop();
}

function isDone({ whole, beams }: Search, reached: number, length: number, plan: DecodingPlan): boolean {
  const { numBeams, earlyStopping, lengthPenalty, maxNewTokens } = plan;
  if (beams.length === 0) return true;
  if (whole.length < numBeams) return false;
  if (earlyStopping === true) return true;
  const farthest = earlyStopping === "never" && lengthPenalty > 0 ? maxNewTokens : length;
  return (whole.at(-1) as Hypothesis).score >= reached / farthest ** lengthPenalty;
}

function best(search: Search, plan: DecodingPlan): Sequence[] {
  for (const { written, logProbabilities, sum } of search.beams)
    keepWhole(search, { tokens: written, logProbabilities, finishReason: "length" }, sum, plan);
  return search.whole.slice(0, plan.numReturnSequences);
}
