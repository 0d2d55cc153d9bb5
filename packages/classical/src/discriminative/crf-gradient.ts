import type { ChainData } from "./chain-data.js";
import { addToRows, sumRows } from "./feature-rows.js";

/**
 * Adds up −log p(tags | sentence) of the sentences from `first` to `last - 1`, and into `gradient` its derivative by
 * each weight: what the model expects less what is there. The weights are as in `TagWeights`.
 */
export type ChainGradient = (weights: Float64Array, gradient: Float64Array, first: number, last: number) => number;

/**
 * The gradient of a linear chain by the forward-backward algorithm (Rabiner 1989, scaled; Lafferty, McCallum and
 * Pereira 2001), O(features + tokens × tags²), with no memory taken in the loop. Scores are shifted by each token's
 * largest before they are raised, so that none overflows; infinite where scores lie so far apart that some vanish.
 */
export function chainGradient(data: ChainData): ChainGradient {
  const {
    sentenceOffsets,
    rowOffsets,
    rows,
    offsets,
    pairs,
    pairTags,
    gold,
    follows,
    tagCount: tags,
    pairCount,
  } = data;
  const longest = longestSentence(sentenceOffsets);
  const emissions = new Float64Array(longest * tags);
  const forward = new Float64Array(longest * tags);
  const backward = new Float64Array(longest * tags);
  const scales = new Float64Array(longest);
  const transitions = new Float64Array(tags * tags);
  const expected = new Float64Array(tags * tags);
  const row = new Float64Array(tags);

  /** Fills `emissions`, raised and shifted; the shifts less the score of the gold tags. */
  function readEmissions(weights: Float64Array, start: number, length: number): number {
    let log = 0;
    for (let i = 0; i < length; i++) {
      row.fill(0);
      sumRows(weights, rows, rowOffsets[start + i], rowOffsets[start + i + 1], row);
      const end = offsets[start + i + 1];
      for (let at = offsets[start + i]; at < end; at++) row[pairTags[at]] += weights[pairs[at]];
      let largest = row[0];
      for (let tag = 1; tag < tags; tag++) if (row[tag] > largest) largest = row[tag];
      log += largest - row[gold[start + i]];
      const to = i * tags;
      for (let tag = 0; tag < tags; tag++) emissions[to + tag] = Math.exp(row[tag] - largest);
    }
    return log;
  }

  /** The score of the gold tags' transitions, which are taken off what is expected. */
  function followGold(weights: Float64Array, start: number, length: number): number {
    let score = 0;
    for (let token = start + 1; token < start + length; token++) {
      const transition = gold[token - 1] * tags + gold[token];
      score += weights[pairCount + transition];
      expected[transition]--;
    }
    return score;
  }

  /** Fills `forward` (each row adds up to 1) and `scales`; the logarithm of the sum over all taggings, shifts left out. */
  function goForward(length: number): number {
    let log = 0;
    row.fill(1);
    for (let i = 0; i < length; i++) {
      const to = i * tags;
      if (i > 0) passOn(to - tags);
      let sum = 0;
      for (let tag = 0; tag < tags; tag++) {
        const mass = row[tag] * emissions[to + tag];
        forward[to + tag] = mass;
        sum += mass;
      }
      const scale = 1 / sum;
      scales[i] = scale;
      for (let tag = 0; tag < tags; tag++) forward[to + tag] *= scale;
      log += Math.log(sum);
    }
    return log;
  }

  /** What each tag gets from the tags before, in `row`. Four tags at a time, so that their sums stay out of memory. */
  function passOn(before: number): void {
    const end = before + tags;
    let tag = 0;
    for (; tag + 4 <= tags; tag += 4) {
      let [a, b, c, d] = [0, 0, 0, 0];
      for (let from = before, at = tag; from < end; from++, at += tags) {
        const mass = forward[from];
        a += mass * transitions[at];
        b += mass * transitions[at + 1];
        c += mass * transitions[at + 2];
        d += mass * transitions[at + 3];
      }
      row[tag] = a;
      row[tag + 1] = b;
      row[tag + 2] = c;
      row[tag + 3] = d;
    }
    for (; tag < tags; tag++) {
      let sum = 0;
      for (let from = before, at = tag; from < end; from++, at += tags) sum += forward[from] * transitions[at];
      row[tag] = sum;
    }
  }

  /** Fills `backward`, so that forward × backward is each tag's probability, and adds to the expected transitions. */
  function goBackward(length: number): void {
    backward.fill(1, (length - 1) * tags, length * tags);
    for (let i = length - 2; i >= 0; i--) {
      const at = i * tags;
      const after = at + tags;
      const scale = scales[i + 1];
      for (let tag = 0; tag < tags; tag++) row[tag] = emissions[after + tag] * backward[after + tag] * scale;
      let from = 0;
      for (; from + 2 <= tags; from += 2) bringBackTwo(at + from, from * tags);
      if (from < tags) bringBack(at + from, from * tags);
    }
  }

  /** What a tag gets from those after it, in `row`, by its transitions from `steps` on. */
  function bringBack(at: number, steps: number): void {
    const before = forward[at];
    let mass = 0;
    for (let tag = 0; tag < tags; tag++) {
      const along = transitions[steps + tag] * row[tag];
      mass += along;
      expected[steps + tag] += before * along;
    }
    backward[at] = mass;
  }

  /** The same of two tags at once: neither sum waits for the other. */
  function bringBackTwo(at: number, steps: number): void {
    const [before, beforeNext] = [forward[at], forward[at + 1]];
    let [mass, massNext] = [0, 0];
    for (let tag = 0, one = steps, other = steps + tags; tag < tags; tag++, one++, other++) {
      const after = row[tag];
      const along = transitions[one] * after;
      const alongNext = transitions[other] * after;
      mass += along;
      massNext += alongNext;
      expected[one] += before * along;
      expected[other] += beforeNext * alongNext;
    }
    backward[at] = mass;
    backward[at + 1] = massNext;
  }

  function addEmissions(gradient: Float64Array, start: number, length: number): void {
    for (let i = 0; i < length; i++) {
      const to = i * tags;
      for (let tag = 0; tag < tags; tag++) row[tag] = forward[to + tag] * backward[to + tag];
      row[gold[start + i]]--;
      addToRows(gradient, rows, rowOffsets[start + i], rowOffsets[start + i + 1], row);
      const end = offsets[start + i + 1];
      for (let at = offsets[start + i]; at < end; at++) gradient[pairs[at]] += row[pairTags[at]];
    }
  }

  return (weights, gradient, first, last) => {
    let largest = 0;
    for (let i = 0; i < follows.length; i++) largest = Math.max(largest, weights[pairCount + i]);
    for (let i = 0; i < follows.length; i++) transitions[i] = Math.exp(weights[pairCount + i] - largest);
    expected.fill(0);
    let loss = 0;
    for (let sentence = first; sentence < last; sentence++) {
      const start = sentenceOffsets[sentence];
      const length = sentenceOffsets[sentence + 1] - start;
      if (length === 0) continue;
      loss += readEmissions(weights, start, length) + goForward(length) + (length - 1) * largest;
      loss -= followGold(weights, start, length);
      goBackward(length);
      addEmissions(gradient, start, length);
    }
    for (let i = 0; i < follows.length; i++) if (follows[i] === 1) gradient[pairCount + i] += expected[i];
    // Where scores lie more than 700 apart a probability is lost: so far out no search shall go.
    return Number.isFinite(loss) ? loss : Number.POSITIVE_INFINITY;
  };
}

function longestSentence(offsets: Uint32Array): number {
  let longest = 1;
  for (let i = 1; i < offsets.length; i++) longest = Math.max(longest, offsets[i] - offsets[i - 1]);
  return longest;
}
