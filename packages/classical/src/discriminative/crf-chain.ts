/** The scores of every tagging of one sentence; the score of a tagging is the sum along its way. */
export interface Chain {
  readonly length: number;
  /** How many tags there are. */
  readonly tags: number;
  /** length × tags. */
  readonly emissions: Float64Array;
  /** (tags + 1) × tags; the last row is from the start. −∞ where a tag must not follow. */
  readonly transitions: Float64Array;
}

/** Transitions with −∞ where IOB2 forbids: an `I-` follows only the `B-` or `I-` of its own type. */
export function permittedTransitions(tags: readonly string[], learned: ArrayLike<number>): Float64Array {
  return Float64Array.from(learned, (score, i) => {
    const from = tags[Math.floor(i / tags.length)] ?? "O";
    const to = tags[i % tags.length];
    return to.startsWith("I-") && from.slice(2) !== to.slice(2) ? Number.NEGATIVE_INFINITY : score;
  });
}

/** The weights that emissions are made of. */
export interface EmissionWeights {
  readonly pairOffsets: Uint32Array;
  readonly pairTags: Uint8Array;
  readonly weights: ArrayLike<number>;
}

/** Sums the weights of each token's features: tokens × tags. Positions below 0 are features that have none. */
export function emissionsOf(
  positions: Int32Array,
  perToken: number,
  { pairOffsets, pairTags, weights }: EmissionWeights,
  tags: number,
): Float64Array {
  const emissions = new Float64Array((positions.length / perToken) * tags);
  for (let i = 0, to = 0; i < positions.length; to += tags) {
    for (const end = i + perToken; i < end; i++) {
      const feature = positions[i];
      if (feature < 0) continue;
      const last = pairOffsets[feature + 1];
      for (let pair = pairOffsets[feature]; pair < last; pair++) emissions[to + pairTags[pair]] += weights[pair];
    }
  }
  return emissions;
}

/**
 * The chain whose scores are log p(tag | tag before, token) of this one: what follows a tag is normalized by what goes
 * out of it, so that no tagging's score depends on what tags it did not pass (an MEMM's, label bias included).
 */
export function locallyNormalized(chain: Chain): Chain {
  const { length, tags, transitions } = chain;
  const emissions = chain.emissions.slice();
  const ways = new Float64Array(tags);
  for (let i = 0; i < length; i++) {
    for (let from = 0; from < tags; from++) {
      const row = (i === 0 ? tags : from) * tags;
      for (let to = 0; to < tags; to++) ways[to] = transitions[row + to] + chain.emissions[i * tags + to];
      const out = logSumExp(ways);
      if (i > 0) emissions[(i - 1) * tags + from] -= out;
      else emissions[from] -= out;
    }
  }
  return { ...chain, emissions };
}

/** The chain with every score divided by the temperature. */
export function tempered(chain: Chain, temperature: number): Chain {
  const divide = (score: number): number => score / temperature;
  return { ...chain, emissions: chain.emissions.map(divide), transitions: chain.transitions.map(divide) };
}

/** The score of one tagging. */
export function scoreOf({ length, tags, emissions, transitions }: Chain, path: ArrayLike<number>): number {
  let score = 0;
  for (let i = 0, previous = tags; i < length; previous = path[i++]) {
    score += transitions[previous * tags + path[i]] + emissions[i * tags + path[i]];
  }
  return score;
}

/** log Σ exp(score), shifted by the largest; −∞ where all are. */
export function logSumExp(values: Float64Array): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (const value of values) if (value > largest) largest = value;
  if (largest === Number.NEGATIVE_INFINITY) return largest;
  let sum = 0;
  for (const value of values) sum += Math.exp(value - largest);
  return largest + Math.log(sum);
}
