import { type Random, seededRandom, throwIfAborted } from "@bifocal/contracts";
import type { TrainingSignal } from "../learner.js";

/** A hidden Markov model of order 1 over words by number, in probabilities. */
export interface HiddenChain {
  readonly states: number;
  readonly words: number;
  /** (states + 1) × (states + 1): p(next | state); as context the last is the start, as next the end. */
  readonly transitions: Float64Array;
  /** words × states: p(word | state). */
  readonly emissions: Float64Array;
}

/** How often each thing is expected to have happened, of the shapes of a chain; and how likely the sequences are. */
export interface ExpectedCounts {
  readonly transitions: Float64Array;
  readonly emissions: Float64Array;
  /** Natural logarithm of the probability of all sequences, their ends included, under the chain that expects this. */
  readonly logLikelihood: number;
}

/** A chain in which every state is about alike, as each seed has it: random transitions, words about as frequent as they are. */
export function randomChain(states: number, counts: ArrayLike<number>, seed: number): HiddenChain {
  const random = seededRandom(seed);
  const transitions = Float64Array.from({ length: (states + 1) ** 2 }, () => 0.5 + random());
  transitions[transitions.length - 1] = 0;
  const emissions = randomEmissions(states, counts, random);
  return maximize({ states, words: counts.length }, { transitions, emissions });
}

function randomEmissions(states: number, counts: ArrayLike<number>, random: Random): Float64Array {
  const emissions = new Float64Array(counts.length * states);
  for (let i = 0; i < emissions.length; i++) emissions[i] = counts[Math.floor(i / states)] * (0.5 + random());
  return emissions;
}

/** The chain under which counts are the likeliest: each row of transitions, and each state's words, in proportion. */
export function maximize(
  { states, words }: Pick<HiddenChain, "states" | "words">,
  counts: Pick<ExpectedCounts, "transitions" | "emissions">,
): HiddenChain {
  const size = states + 1;
  const transitions = Float64Array.from(counts.transitions);
  for (let row = 0; row < transitions.length; row += size) divide(transitions.subarray(row, row + size));
  const totals = new Float64Array(states);
  for (let i = 0; i < counts.emissions.length; i++) totals[i % states] += counts.emissions[i];
  const emissions = counts.emissions.map((count, i) => (totals[i % states] > 0 ? count / totals[i % states] : 0));
  return { states, words, transitions, emissions };
}

function divide(row: Float64Array): void {
  const sum = row.reduce((total, each) => total + each, 0);
  if (sum > 0) for (let i = 0; i < row.length; i++) row[i] /= sum;
}

const sequencesBetweenChecks = 64;

/**
 * One expectation step (Baum et al. 1970; Rabiner 1989, equations 37 to 40, scaled by equation 91): what each sequence is
 * expected to have come from, by forward and backward probabilities. O(symbols × states²).
 * @throws {BifocalError} `aborted`.
 */
export function expect(
  { states, transitions, emissions }: HiddenChain,
  sequences: readonly Uint32Array[],
  signal?: TrainingSignal,
): ExpectedCounts {
  const size = states + 1;
  const counts = { transitions: new Float64Array(transitions.length), emissions: new Float64Array(emissions.length) };
  const longest = sequences.reduce((most, { length }) => Math.max(most, length), 0);
  const forward = new Float64Array(longest * states);
  const scales = new Float64Array(longest);
  let after = new Float64Array(states);
  let before = new Float64Array(states);
  let logLikelihood = 0;

  /** Fills `forward` and `scales`; answers log p(sequence) and 1 / p(end | sequence). */
  function goForward(sequence: Uint32Array): number {
    for (let i = 0; i < sequence.length; i++) {
      const [here, previous, word] = [i * states, (i - 1) * states, sequence[i] * states];
      let sum = 0;
      for (let to = 0; to < states; to++) {
        let reached = 0;
        if (i === 0) reached = transitions[states * size + to];
        else
          for (let from = 0; from < states; from++) reached += forward[previous + from] * transitions[from * size + to];
        forward[here + to] = reached * emissions[word + to];
        sum += forward[here + to];
      }
      scales[i] = sum;
      for (let to = 0; to < states; to++) forward[here + to] /= sum;
      logLikelihood += Math.log(sum);
    }
    const last = (sequence.length - 1) * states;
    let end = 0;
    for (let from = 0; from < states; from++) end += forward[last + from] * transitions[from * size + states];
    logLikelihood += Math.log(end);
    return 1 / end;
  }

  /** Adds what each symbol and each step is expected to have been. */
  function goBackward(sequence: Uint32Array, scale: number): void {
    const last = sequence.length - 1;
    for (let from = 0; from < states; from++) {
      const end = transitions[from * size + states] * scale;
      after[from] = end;
      counts.transitions[from * size + states] += forward[last * states + from] * end;
    }
    for (let i = last; i >= 0; i--) {
      const [here, previous, word] = [i * states, (i - 1) * states, sequence[i] * states];
      for (let to = 0; to < states; to++) {
        counts.emissions[word + to] += forward[here + to] * after[to];
        after[to] *= emissions[word + to] / scales[i];
      }
      if (i === 0) break;
      for (let from = 0; from < states; from++) {
        const row = from * size;
        const reached = forward[previous + from];
        let sum = 0;
        for (let to = 0; to < states; to++) {
          const step = transitions[row + to] * after[to];
          sum += step;
          counts.transitions[row + to] += reached * step;
        }
        before[from] = sum;
      }
      [after, before] = [before, after];
    }
    for (let to = 0; to < states; to++) {
      counts.transitions[states * size + to] += transitions[states * size + to] * after[to];
    }
  }

  for (const [i, sequence] of sequences.entries()) {
    if (i % sequencesBetweenChecks === 0) throwIfAborted(signal);
    if (sequence.length > 0) goBackward(sequence, goForward(sequence));
  }
  return { ...counts, logLikelihood };
}
