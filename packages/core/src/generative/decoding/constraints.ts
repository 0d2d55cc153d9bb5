/** What may be written, whatever the model thinks of it; as `generation_config.json` and the options say. */
export interface Constraints {
  /** Tokens that end a text. */
  readonly endTokens: ReadonlySet<number>;
  readonly maxNewTokens: number;
  readonly minNewTokens?: number;
  /** Above 1 discourages tokens that stand already, below 1 encourages them (Keskar et al. 2019). */
  readonly repetitionPenalty?: number;
  /** No run of so many tokens is written twice. */
  readonly noRepeatNgramSize?: number;
  /** The first token (a language, say) and the one where the text reaches its longest. */
  readonly forcedFirst?: number;
  readonly forcedLast?: number;
  /** Tokens that are never written, and those that are never written first. */
  readonly suppressed?: readonly number[];
  readonly suppressedFirst?: readonly number[];
}

/**
 * Changes the scores of the next token in place; a forbidden one gets −∞.
 * @param before what the decoder was given to go on from: the prompt, or an encoder-decoder's first token
 * @param written what it has written since
 */
export type Constrain = (scores: Float64Array, before: readonly number[], written: readonly number[]) => void;

/** The constraints, where there are any, in the order in which Hugging Face's transformers apply them. */
export function constrainBy(constraints: Constraints): Constrain | undefined {
  const all = [penalizeRepetition, forbidRepeatedRuns, forbidEarlyEnd, force, suppress].flatMap(
    (build) => build(constraints) ?? [],
  );
  if (all.length === 0) return undefined;
  return (scores, before, written) => {
    for (const constrain of all) constrain(scores, before, written);
  };
}

function penalizeRepetition({ repetitionPenalty: penalty = 1 }: Constraints): Constrain | undefined {
  if (penalty === 1) return undefined;
  return (scores, before, written) => {
    for (const token of new Set([...before, ...written])) {
      const score = scores[token] as number;
      scores[token] = score < 0 ? score * penalty : score / penalty;
    }
  };
}

function forbidRepeatedRuns({ noRepeatNgramSize: size = 0 }: Constraints): Constrain | undefined {
  if (size === 0) return undefined;
  return (scores, before, written) => {
    const tokens = [...before, ...written];
    const last = tokens.length - size + 1;
    for (let start = 0; start < last; start++) {
      let same = 0;
      while (same < size - 1 && tokens[start + same] === tokens[last + same]) same++;
      if (same === size - 1) scores[tokens[start + same] as number] = Number.NEGATIVE_INFINITY;
    }
  };
}

function forbidEarlyEnd({ minNewTokens = 0, endTokens }: Constraints): Constrain | undefined {
  if (minNewTokens === 0) return undefined;
  return (scores, _, written) => {
    if (written.length < minNewTokens) forbid(scores, endTokens);
  };
}

function force({ forcedFirst, forcedLast, maxNewTokens }: Constraints): Constrain | undefined {
  if (forcedFirst === undefined && forcedLast === undefined) return undefined;
  return (scores, _, written) => {
    const forced = written.length === 0 ? forcedFirst : undefined;
    const token = written.length === maxNewTokens - 1 ? (forcedLast ?? forced) : forced;
    if (token !== undefined) scores.fill(Number.NEGATIVE_INFINITY)[token] = 0;
  };
}

function suppress({ suppressed = [], suppressedFirst = [], forcedFirst }: Constraints): Constrain | undefined {
  if (suppressed.length + suppressedFirst.length === 0) return undefined;
  // A token that is forced is no choice: the first that is one comes after it.
  const first = forcedFirst === undefined ? 0 : 1;
  return (scores, _, written) => {
    forbid(scores, suppressed);
    if (written.length === first) forbid(scores, suppressedFirst);
  };
}

function forbid(scores: Float64Array, tokens: Iterable<number>): void {
  for (const token of tokens) scores[token] = Number.NEGATIVE_INFINITY;
}
