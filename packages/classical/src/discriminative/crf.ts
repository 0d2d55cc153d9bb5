import type { ExplainsTags, Tagger } from "@bifocal/contracts";
import { type TaggedTokens, tagExplainer } from "../explain/explain-tags.js";
import { featureNamer } from "../features/token-feature-names.js";
import { tokenFeatureReader } from "../features/token-features.js";
import { indexFeatures } from "../features/token-features-index.js";
import { knowledgeIn } from "../features/token-knowledge.js";
import type { OpenContext } from "../learner.js";
import { createSentenceTagger, type SentenceReading, type TagPath } from "../sentence-tagger.js";
import { type Chain, locallyNormalized, permittedTransitions } from "./crf-chain.js";
import { type Marginals, marginalsReader } from "./crf-marginals.js";
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
    ...createSentenceTagger(context, { tags, read: (tokens) => readingOf(reader, tokens, tags) }),
    ...tagExplainer(context.card.id, params, () => explainedTokens(params, reader)),
  };
}

interface Reader {
  /** tokens × templates: places among the features that have weights, below 0 where none is. */
  positionsOf(tokens: readonly string[]): Int32Array;
  /** Tokens as a chain whose scores are natural logarithms, valid until the next are read. */
  chainOf(tokens: readonly string[]): Chain;
  /** Valid until those of another chain are asked for. */
  marginalsOf(chain: Chain): Marginals;
}

function openReader(params: CrfParams): Reader {
  const { temperature, tags } = params;
  const emissionsOf = emissionReader(params, knowledgeIn(params));
  const learned = permittedTransitions(tags, params.transitions);
  const transitions = learned.map((score) => score / temperature);
  let positionsOf: Reader["positionsOf"] | undefined;
  return {
    positionsOf(tokens) {
      positionsOf ??= positionReader(params);
      return positionsOf(tokens);
    },
    chainOf(tokens) {
      let emissions = emissionsOf(tokens);
      const sizes = { length: tokens.length, tags: tags.length };
      if (params.normalization === "local")
        emissions = locallyNormalized({ ...sizes, emissions, transitions: learned }).emissions;
      for (let i = 0; i < emissions.length; i++) emissions[i] /= temperature;
      return { ...sizes, emissions, transitions };
    },
    marginalsOf: marginalsReader({ tags: tags.length, transitions }),
  };
}

function positionReader(params: CrfParams): Reader["positionsOf"] {
  const { read } = tokenFeatureReader(params.templates, knowledgeIn(params));
  const index = indexFeatures(params.features);
  return (tokens) => index.positions(read(tokens));
}

function explainedTokens(
  { templates, ...params }: CrfParams,
  reader: Reader,
): (tokens: readonly string[]) => TaggedTokens {
  const nameOf = featureNamer(templates, params);
  return (tokens) => {
    const chain = reader.chainOf(tokens);
    const path = bestPath(chain);
    const marginals = reader.marginalsOf(chain);
    const positions = reader.positionsOf(tokens);
    return {
      path,
      scores: Array.from(path, (tag, i) => marginals.ofTag(i, tag)),
      features: (i) =>
        Array.from(templates, (_, template) => ({
          place: positions[i * templates.length + template],
          name: nameOf(tokens, i, template),
        })).filter(({ place }) => place >= 0),
    };
  };
}

function readingOf(reader: Reader, tokens: readonly string[], tags: readonly string[]): SentenceReading {
  const chain = reader.chainOf(tokens);
  const best = bestPath(chain);
  let known: Marginals | undefined;
  const marginals = (): Marginals => {
    known ??= reader.marginalsOf(chain);
    return known;
  };
  const pathOf = (path: Uint8Array): TagPath => ({
    tags: eachOf(path, (tag) => tags[tag]),
    spanScore: ({ label, start, end }) => marginals().ofSpan(path, { start, end, inside: tags.indexOf(`I-${label}`) }),
  });
  return {
    best: pathOf(best),
    scores() {
      const { ofTag } = marginals();
      return eachOf(best, (tag, i) => ofTag(i, tag));
    },
    nBest: (count) =>
      bestPaths(chain, count).map(({ path, score }) => ({
        ...pathOf(path),
        logProbability: Math.min(0, score - marginals().logPartition()),
      })),
  };
}

/** As Array.from, which is slow. */
function eachOf<T>(path: Uint8Array, of: (tag: number, i: number) => T): T[] {
  const all = new Array<T>(path.length);
  for (let i = 0; i < path.length; i++) all[i] = of(path[i], i);
  return all;
}
