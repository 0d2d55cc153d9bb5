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

/** Sums the weights of each token's features: tokens × tags. Positions below 0 are features that have none. */
export function emissionsOf(
  positions: Int32Array,
  perToken: number,
  weights: Float32Array,
  tags: number,
): Float64Array {
  const length = positions.length / perToken;
  const emissions = new Float64Array(length * tags);
  for (let i = 0; i < positions.length; i++) {
    if (positions[i] < 0) continue;
    const to = Math.floor(i / perToken) * tags;
    const from = positions[i] * tags;
    for (let tag = 0; tag < tags; tag++) emissions[to + tag] += weights[from + tag];
  }
  return emissions;
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
