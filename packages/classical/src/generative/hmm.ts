import { type AnyModel, type Density, spansOfTags, type Tagger, tagsOfSpans } from "@bifocal/contracts";
import { wordsInSentences } from "../features/words-in-sentences.js";
import type { OpenContext } from "../learner.js";
import { createSentenceTagger, pauses, type SentenceReading, type TagPath } from "../sentence-tagger.js";
import { areIob2, mayFollow } from "../tagged-items.js";
import { type Decode, decoder } from "./hmm-decode.js";
import { type Emissions, openEmissions } from "./hmm-emissions.js";
import { forwardBackward, type Marginals } from "./hmm-marginals.js";
import { bestPaths } from "./hmm-n-best.js";
import { checkHmmParams, type HmmParams } from "./hmm-params.js";
import { type SampleOptions, sentenceSampler } from "./hmm-sample.js";
import { spanProbability } from "./hmm-span.js";
import { stateSpace } from "./hmm-states.js";
import { type Observations, openTagChain, scoreOfPath, type TagChain } from "./hmm-trellis.js";
import { hmmWriter } from "./hmm-writer.js";

/** A sentence with a tag a token, and the natural logarithm of the probability of both together, the end included. */
export interface TaggedSample {
  readonly tokens: readonly string[];
  readonly tags: readonly string[];
  readonly logProbability: number;
}

/** A hidden Markov model as a tagger, and as what it is: a distribution of sentences with their tags. */
export interface HiddenMarkovModel extends Tagger, Density {
  /** Natural logarithm of p(tokens) of each sentence: the sum over all its taggings, its end included. */
  logProbabilityOfTokens(sentences: readonly (readonly string[])[]): number[];
  /** The `count` likeliest taggings of a sentence, or as many as there are, best first. */
  nBest(tokens: readonly string[], count: number): TaggedSample[];
  /** Draws a sentence of words that the model knows, with their tags. */
  sample(options?: SampleOptions): TaggedSample;
}

/** What a model of the kind `hmm` is, by its task. */
export function openHmm(params: HmmParams, context: OpenContext): AnyModel {
  return context.card.task === "ner" ? hmm(params, context) : hmmWriter(params, context);
}

/**
 * A hidden Markov model of order 1 or 2 (Rabiner 1989, Brants 2000), exact in all its answers. It tags by Viterbi or by
 * posterior decoding, as its params say, and always in valid IOB2 where it learned that. A tag's score is p(tag | tokens);
 * an entity's that just these tokens are one entity of this type. Tags that mark no entities, parts of speech, mark each
 * token alone.
 *
 * A density is of the words of each sentence, as `words` and `wordsInSentences` cut the text: white space and where
 * sentences end are not modelled. p(words) adds up to 1 over all sequences of strings.
 * @throws {BifocalError} `model-damaged` where the parts of the params do not fit each other.
 */
export function hmm(params: HmmParams, context: OpenContext): HiddenMarkovModel {
  checkHmmParams(params, context.card.id);
  const { tags } = params;
  const chain = openTagChain(params.order, stateSpace(params).count, params.transitions);
  const emissions = openEmissions(params);
  const draw = sentenceSampler(params, chain);
  const reader: Reader = {
    params,
    chain,
    emissions,
    isIob2: areIob2(tags),
    marginals: forwardBackward(chain),
    decode: decoder(chain, params.decoding),
  };
  return {
    ...createSentenceTagger(context, {
      tags,
      read: (tokens) => read(reader, tokens),
    }),
    async logProbability(texts, options) {
      const pause = pauses(options);
      const answers = [];
      for (const text of texts) {
        const sentences = wordsInSentences(text).map((sentence) => sentence.map((word) => word.text));
        await pause(text.length);
        answers.push({
          logProbability: sentences.reduce((sum, sentence) => sum + logLikelihood(reader, sentence), 0),
          tokens: sentences.reduce((sum, { length }) => sum + length + 1, 0),
          bytes: Buffer.byteLength(text),
          over: "features" as const,
        });
      }
      return answers;
    },
    logProbabilityOfTokens: (sentences) => sentences.map((sentence) => logLikelihood(reader, sentence)),
    nBest(tokens, count) {
      const factors = emissions.logFactors(tokens);
      return bestPaths(chain, emissions.read(tokens), count).map(({ path, logScore }) => ({
        tokens,
        tags: tagsOf(tags, path),
        logProbability: logScore + factors,
      }));
    },
    sample(options) {
      const { tokens, states } = draw(options);
      const logProbability = scoreOfPath(chain, emissions.read(tokens), states) + emissions.logFactors(tokens);
      return { tokens, tags: states.map((state) => tags[state % tags.length]), logProbability };
    },
  };
}

/** A model opened for reading; one sentence at a time. */
interface Reader {
  readonly params: HmmParams;
  readonly chain: TagChain;
  readonly emissions: Emissions;
  readonly isIob2: boolean;
  readonly marginals: (seen: Observations) => Marginals;
  readonly decode: Decode;
}

function read(reader: Reader, tokens: readonly string[]): SentenceReading {
  const { params, chain, emissions, isIob2, marginals, decode } = reader;
  const { tags, decoding } = params;
  const seen = emissions.read(tokens);
  const beliefs = marginals(seen);
  const states = decode(seen, beliefs);
  const tagged = tagsOf(tags, states);
  const scores = (): number[] => posteriorsOf(seen, beliefs, states);
  const pathOf = (its: readonly string[], path: Uint8Array): TagPath => ({
    tags: its,
    spanScore({ label, start, end }) {
      if (!isIob2) return posteriorsOf(seen, beliefs, path)[start];
      const inside = tags.indexOf(`I-${label}`);
      const goesOn = (state: number): boolean => state % tags.length === inside;
      return spanProbability(chain, seen, beliefs, { start, end, tags: path, goesOn });
    },
  });
  return {
    best: pathOf(isIob2 && decoding === "posterior" ? validIob2(tagged) : tagged, states),
    scores,
    nBest: (count) =>
      bestPaths(chain, seen, count).map(({ path, logScore }) => ({
        ...pathOf(tagsOf(tags, path), path),
        logProbability: Math.min(0, logScore - beliefs.logLikelihood),
      })),
  };
}

function tagsOf(tags: readonly string[], states: Uint8Array): string[] {
  const tagged = new Array<string>(states.length);
  for (let i = 0; i < states.length; i++) tagged[i] = tags[states[i] % tags.length];
  return tagged;
}

/** p(state | tokens) of each token's state. */
function posteriorsOf({ offsets, tags }: Observations, { posteriors }: Marginals, states: Uint8Array): number[] {
  const scores = new Array<number>(states.length).fill(0);
  for (let i = 0; i < states.length; i++) {
    for (let at = offsets[i]; at < offsets[i + 1]; at++) {
      if (tags[at] === states[i]) scores[i] = Math.min(1, posteriors[at]);
    }
  }
  return scores;
}

/** Tags that were chosen one by one may not follow each other: an `I-` that continues nothing begins an entity. */
function validIob2(tags: string[]): string[] {
  if (tags.every((tag, i) => mayFollow(tags[i - 1], tag))) return tags;
  return tagsOfSpans(tags.length, spansOfTags(tags));
}

function logLikelihood({ emissions, marginals }: Reader, tokens: readonly string[]): number {
  const factors = emissions.logFactors(tokens);
  return marginals(emissions.read(tokens)).logLikelihood + factors;
}
