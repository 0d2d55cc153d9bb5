import { type Density, fingerprint, seededRandom, type TextGenerator } from "@bifocal/contracts";
import { endOfPiece, splitPieces, startOfPiece } from "../features/pieces.js";
import type { OpenContext } from "../learner.js";
import { unfitting } from "../model-file.js";
import { createTextWriter, giveWay, type Writer } from "../text-writer.js";
import { openEmissions } from "./hmm-emissions.js";
import { forwardBackward, type Marginals } from "./hmm-marginals.js";
import { checkHmmParams, type HmmParams } from "./hmm-params.js";
import { stateSpace } from "./hmm-states.js";
import { type Observations, openTagChain } from "./hmm-trellis.js";
import { draw } from "./ngram-sampling.js";

const defaultMaxNewTokens = 60;
/** How many texts go by before other work gets its turn. */
const turn = 64;

/**
 * A hidden Markov model of order 1 over pieces of text (see `splitPieces`). It continues a prompt by
 * `p(piece | pieces before) = Σ p(state | pieces before) · p(piece | state)`, in pieces that it knows and that do not run
 * into the one before, and says how likely a text is: as its pieces joined are the text, a density is of the text.
 * @throws {BifocalError} `model-damaged` where the parts of the params do not fit each other.
 */
export function hmmWriter(params: HmmParams, context: OpenContext): TextGenerator & Density {
  const { id } = context.card;
  checkHmmParams(params, id);
  if (params.order !== 1) throw unfitting(id);
  const chain = openTagChain(1, stateSpace(params).count, params.transitions);
  const emissions = openEmissions(params);
  const marginals = forwardBackward(chain);
  const believe = (pieces: readonly string[]): { seen: Observations; beliefs: Marginals } => {
    const seen = emissions.read(pieces);
    return { seen, beliefs: marginals(seen) };
  };
  return {
    ...createTextWriter(context, writer(params, believe)),
    async logProbability(texts, options = {}) {
      const answers = [];
      for (const [i, text] of texts.entries()) {
        if (i % turn === 0) await giveWay(options);
        const pieces = splitPieces(text);
        const factors = emissions.logFactors(pieces);
        const logProbability = believe(pieces).beliefs.logLikelihood + factors;
        const bytes = Buffer.byteLength(text);
        answers.push({ logProbability, tokens: pieces.length + 1, bytes, over: "text" as const });
      }
      return answers;
    },
  };
}

type Believe = (pieces: readonly string[]) => { readonly seen: Observations; readonly beliefs: Marginals };

function writer(params: HmmParams, believe: Believe): Writer {
  const states = stateSpace(params).count;
  const { vocabulary, transitions } = params;
  const starts = Int8Array.from(vocabulary, startOfPiece);
  const end = vocabulary.length;
  const weights = new Float64Array(end + 1);
  const next = new Float64Array(states + 1);

  /** p(state | the last piece and those before), or the start. */
  function stateAfter(pieces: readonly string[]): Float64Array {
    const now = new Float64Array(states + 1);
    if (pieces.length === 0) {
      now[states] = 1;
      return now;
    }
    const { seen, beliefs } = believe(pieces);
    const last = pieces.length - 1;
    for (let at = seen.offsets[last]; at < seen.offsets[last + 1]; at++) {
      now[seen.tags[at]] = beliefs.forward[beliefs.at[last] + at - seen.offsets[last]];
    }
    return now;
  }

  /** Fills `next` with p(state of the next piece), and `weights` with p(piece) of those that may follow. */
  function weigh(now: Float64Array, after: string): number {
    next.fill(0);
    for (let from = 0; from <= states; from++) {
      for (let to = 0; to <= states; to++) next[to] += now[from] * transitions[from * (states + 1) + to];
    }
    const edge = endOfPiece(after);
    let total = 0;
    for (let piece = 0; piece < end; piece++) {
      weights[piece] = 0;
      if (edge >= 0 && starts[piece] === edge) continue;
      for (let i = params.wordOffsets[piece]; i < params.wordOffsets[piece + 1]; i++) {
        weights[piece] += next[params.wordStates[i]] * params.wordProbabilities[i];
      }
      total += weights[piece];
    }
    weights[end] = next[states];
    return total;
  }

  /** p(state | that piece too). */
  function observe(piece: number, total: number): Float64Array {
    const now = new Float64Array(states + 1);
    for (let i = params.wordOffsets[piece]; i < params.wordOffsets[piece + 1]; i++) {
      const state = params.wordStates[i];
      now[state] = (next[state] * params.wordProbabilities[i]) / total;
    }
    return now;
  }

  return function* write(prompt, options) {
    const random = seededRandom((options.seed ?? 0) ^ fingerprint(prompt));
    const pieces = splitPieces(prompt);
    const { maxNewTokens = defaultMaxNewTokens } = options;
    let now = stateAfter(pieces);
    let after = pieces.at(-1) ?? "";
    let sum = 0;
    for (let written = 0; written < maxNewTokens; written++) {
      const total = weigh(now, after);
      if (written === 0) weights[end] = 0;
      const all = total + weights[end];
      if (all === 0) return { finishReason: "empty", logProbability: 0 };
      const piece = draw(weights, options, random);
      const logProbability = Math.log(weights[piece] / all);
      sum += logProbability;
      if (piece === end) return { finishReason: "end", logProbability: sum };
      after = vocabulary[piece];
      yield { text: after, logProbability };
      now = observe(piece, weights[piece]);
    }
    return { finishReason: "length", logProbability: sum };
  };
}
