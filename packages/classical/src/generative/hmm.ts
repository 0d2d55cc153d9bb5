import {
  type AnyModel,
  type Density,
  type Entity,
  type Span,
  spansOfTags,
  type Tagger,
  tagsOfSpans,
} from "@bifocal/contracts";
import { wordsInSentences } from "../features/words-in-sentences.js";
import type { OpenContext } from "../learner.js";
import { createSentenceTagger, pauses } from "../sentence-tagger.js";
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
      entitiesOf: (text, sentence) => entitiesOf(reader, text, sentence),
      tagTokens(tokens) {
        const { tagged, scores } = read(reader, tokens);
        return { tags: tagged, scores };
      },
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
        tags: Array.from(path, (state) => tags[state % tags.length]),
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

interface Read {
  readonly seen: Observations;
  readonly marginals: Marginals;
  readonly path: Uint8Array;
  readonly tagged: string[];
  readonly scores: number[];
}

function read({ params, emissions, isIob2, marginals, decode }: Reader, tokens: readonly string[]): Read {
  const { tags, decoding } = params;
  const mayBeInvalid = isIob2 && decoding === "posterior";
  const seen = emissions.read(tokens);
  const beliefs = marginals(seen);
  const path = decode(seen, beliefs);
  const tagged = new Array<string>(tokens.length);
  const scores = new Array<number>(tokens.length).fill(0);
  for (let i = 0; i < tokens.length; i++) {
    tagged[i] = tags[path[i] % tags.length];
    for (let at = seen.offsets[i]; at < seen.offsets[i + 1]; at++) {
      if (seen.tags[at] === path[i]) scores[i] = Math.min(1, beliefs.posteriors[at]);
    }
  }
  return { seen, marginals: beliefs, path, tagged: mayBeInvalid ? validIob2(tagged) : tagged, scores };
}

/** Tags that were chosen one by one may not follow each other: an `I-` that continues nothing begins an entity. */
function validIob2(tags: string[]): string[] {
  if (tags.every((tag, i) => mayFollow(tags[i - 1], tag))) return tags;
  return tagsOfSpans(tags.length, spansOfTags(tags));
}

function entitiesOf(reader: Reader, text: string, sentence: readonly Span[]): Entity[] {
  const { chain, params } = reader;
  const { seen, marginals, path, tagged, scores } = read(
    reader,
    sentence.map((word) => word.text),
  );
  return spansOfTags(tagged).map(({ label, start, end }) => {
    const [from, to] = [sentence[start].start, sentence[end - 1].end];
    const inside = params.tags.indexOf(`I-${label}`);
    const goesOn = (state: number): boolean => state % params.tags.length === inside;
    const score = reader.isIob2
      ? spanProbability(chain, seen, marginals, { start, end, tags: path, goesOn })
      : scores[start];
    return { label, text: text.slice(from, to), start: from, end: to, score };
  });
}

function logLikelihood({ emissions, marginals }: Reader, tokens: readonly string[]): number {
  const factors = emissions.logFactors(tokens);
  return marginals(emissions.read(tokens)).logLikelihood + factors;
}
