import type { ExplainsTags, Tagger } from "@bifocal/contracts";
import { type TaggedTokens, tagExplainer } from "../explain/explain-tags.js";
import { featureNamer } from "../features/token-feature-names.js";
import { tokenFeatureReader } from "../features/token-features.js";
import { type FeatureIndex, indexFeatures } from "../features/token-features-index.js";
import { knowledgeIn } from "../features/token-knowledge.js";
import type { OpenContext } from "../learner.js";
import { createSentenceTagger, type SentenceReading, type TagPath } from "../sentence-tagger.js";
import { type Chain, locallyNormalized, permittedTransitions } from "./crf-chain.js";
import { type Marginals, marginalsOf, spanProbability, tagProbability } from "./crf-marginals.js";
import { bestPaths } from "./crf-n-best.js";
import { type CrfParams, checkCrfParams } from "./crf-params.js";
import { bestPath } from "./crf-viterbi.js";
import { emissionReader } from "./emission-reader.js";

/**
 * A linear-chain tagger (Lafferty, McCallum and Pereira 2001), or one that is normalized tag by tag (McCallum, Freitag
 * and Pereira 2000). It answers the best tagging (Viterbi), which always is valid
 * IOB2 where it learned that; tags that mark no entities, parts of speech, mark each token alone. The averaged perceptron
 * (Collins 2002) learns no probabilities: its scores are those that the chain's imply at one temperature, fitted on
 * sentences held out.
 * An entity's score is the probability that just these tokens are one entity of this type.
 * @throws {BifocalError} `model-damaged` where the parts of the params do not fit each other.
 */
export function crf(params: CrfParams, context: OpenContext): Tagger & ExplainsTags {
  checkCrfParams(params, context.card.id);
  const { tags } = params;
  const reader = openReader(params);
  return {
    ...createSentenceTagger(context, { tags, read: (tokens) => readingOf(reader.chainOf(tokens), tags) }),
    ...tagExplainer(context.card.id, params, () => explainedTokens(params, reader)),
  };
}

interface Reader {
  /** tokens × templates: places among the features that have weights, below 0 where none is. */
  positionsOf(tokens: readonly string[]): Int32Array;
  /** Tokens as a chain whose scores are natural logarithms. */
  chainOf(tokens: readonly string[]): Chain;
}

function openReader(params: CrfParams): Reader {
  const { read, perToken } = tokenFeatureReader(params.templates, knowledgeIn(params));
  const { temperature, tags } = params;
  const emissionsOf = emissionReader(params, tags.length);
  const learned = permittedTransitions(tags, params.transitions);
  const transitions = learned.map((score) => score / temperature);
  let index: FeatureIndex | undefined;
  return {
    positionsOf(tokens) {
      index ??= indexFeatures(params.features);
      return index.positions(read(tokens));
    },
    chainOf(tokens) {
      let emissions = emissionsOf(read(tokens), perToken);
      const sizes = { length: tokens.length, tags: tags.length };
      if (params.normalization === "local")
        emissions = locallyNormalized({ ...sizes, emissions, transitions: learned }).emissions;
      for (let i = 0; i < emissions.length; i++) emissions[i] /= temperature;
      return { ...sizes, emissions, transitions };
    },
  };
}

function explainedTokens(
  { templates, ...params }: CrfParams,
  reader: Reader,
): (tokens: readonly string[]) => TaggedTokens {
  const nameOf = featureNamer(templates, params);
  return (tokens) => {
    const chain = reader.chainOf(tokens);
    const path = bestPath(chain);
    const marginals = marginalsOf(chain);
    const positions = reader.positionsOf(tokens);
    return {
      path,
      scores: Array.from(path, (tag, i) => tagProbability(chain, marginals, i, tag)),
      features: (i) =>
        Array.from(templates, (_, template) => ({
          place: positions[i * templates.length + template],
          name: nameOf(tokens, i, template),
        })).filter(({ place }) => place >= 0),
    };
  };
}

function readingOf(chain: Chain, tags: readonly string[]): SentenceReading {
  const best = bestPath(chain);
  let known: Marginals | undefined;
  const marginals = (): Marginals => {
    known ??= marginalsOf(chain);
    return known;
  };
  const pathOf = (path: Uint8Array): TagPath => ({
    tags: Array.from(path, (tag) => tags[tag]),
    spanScore: ({ label, start, end }) =>
      spanProbability(chain, marginals(), path, { start, end, inside: tags.indexOf(`I-${label}`) }),
  });
  return {
    best: pathOf(best),
    scores: () => Array.from(best, (tag, i) => tagProbability(chain, marginals(), i, tag)),
    nBest: (count) =>
      bestPaths(chain, count).map(({ path, score }) => ({
        ...pathOf(path),
        logProbability: Math.min(0, score - marginals().logPartition),
      })),
  };
}
