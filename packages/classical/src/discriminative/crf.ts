import type { Tagger } from "@bifocal/contracts";
import { tokenFeatureReader } from "../features/token-features.js";
import { indexFeatures } from "../features/token-features-index.js";
import { knowledgeIn } from "../features/token-knowledge.js";
import type { OpenContext } from "../learner.js";
import { createSentenceTagger, type SentenceReading, type TagPath } from "../sentence-tagger.js";
import { type Chain, emissionsOf, locallyNormalized, permittedTransitions, tempered } from "./crf-chain.js";
import { type Marginals, marginalsOf, spanProbability, tagProbability } from "./crf-marginals.js";
import { bestPaths } from "./crf-n-best.js";
import { type CrfParams, checkCrfParams, offsetsOf } from "./crf-params.js";
import { bestPath } from "./crf-viterbi.js";

/**
 * A linear-chain tagger (Lafferty, McCallum and Pereira 2001), or one that is normalized tag by tag (McCallum, Freitag
 * and Pereira 2000). It answers the best tagging (Viterbi), which always is valid
 * IOB2 where it learned that; tags that mark no entities, parts of speech, mark each token alone. The averaged perceptron
 * (Collins 2002) learns no probabilities: its scores are those that the chain's imply at one temperature, fitted on
 * sentences held out.
 * An entity's score is the probability that just these tokens are one entity of this type.
 * @throws {BifocalError} `model-damaged` where the parts of the params do not fit each other.
 */
export function crf(params: CrfParams, context: OpenContext): Tagger {
  checkCrfParams(params, context.card.id);
  const { tags } = params;
  const chainOf = chains(params);
  return createSentenceTagger(context, {
    tags,
    read: (tokens) => readingOf(chainOf(tokens), tags),
  });
}

/** Reads tokens as a chain whose scores are natural logarithms. */
function chains(params: CrfParams): (tokens: readonly string[]) => Chain {
  const index = indexFeatures(params.features);
  const { read, perToken } = tokenFeatureReader(params.templates, knowledgeIn(params));
  const transitions = permittedTransitions(params.tags, params.transitions);
  const emission = { ...params, pairOffsets: offsetsOf(params.pairCounts) };
  return (tokens) => {
    const emissions = emissionsOf(index.positions(read(tokens)), perToken, emission, params.tags.length);
    const chain = { length: tokens.length, tags: params.tags.length, emissions, transitions };
    return tempered(params.normalization === "local" ? locallyNormalized(chain) : chain, params.temperature);
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
