import {
  BifocalError,
  didYouMean,
  type ExplainsTags,
  type FeatureWeight,
  type Span,
  type StrongestTransitions,
  type TokenExplanation,
  type TransitionWeight,
  throwIfAborted,
} from "@bifocal/contracts";
import type { CrfParams } from "../discriminative/crf-params.js";
import { strongestOf, weightsOfTag } from "../discriminative/crf-strongest.js";
import { wordsInSentences } from "../features/words-in-sentences.js";
import { checkCount, largest } from "./strongest-features.js";

/** A sentence as a chain tags it: of each token its tag's number, its probability, and the features with their hashes. */
export interface TaggedTokens {
  readonly path: Uint8Array;
  readonly scores: readonly number[];
  /** Of each token the features that have weights: places among the model's features, and their names. */
  features(i: number): { readonly place: number; readonly name: string }[];
}

/** What a chain can say of its tags; nothing is prepared before the first question. */
export function tagExplainer(
  id: string,
  params: CrfParams,
  readTokens: () => (tokens: readonly string[]) => TaggedTokens,
): ExplainsTags {
  const { tags } = params;
  const named = new Map(Array.from(params.namedFeatures ?? [], (hash, i) => [hash, params.featureNames?.[i] ?? ""]));
  const nameOf = (place: number): string =>
    named.get(params.features[place]) ?? `hash ${params.features[place].toString(16)}`;
  return {
    async explainTags(texts, { signal } = {}) {
      throwIfAborted(signal);
      const read = readTokens();
      const weights = tags.map((_, tag) => weightsOfTag(params, tag));
      return texts.map((text) => ({
        tokens: wordsInSentences(text).flatMap((sentence) =>
          explained(params, weights, sentence, read(sentence.map((word) => word.text))),
        ),
        model: id,
      }));
    },
    async strongestFeatures({ label, count = 10 } = {}) {
      checkCount(count);
      return (label === undefined ? [...tags.keys()] : [numberOf(id, tags, label)]).map((tag) => {
        const weights = weightsOfTag(params, tag);
        const listed = (places: readonly number[]): FeatureWeight[] =>
          places.map((place) => ({ feature: nameOf(place), weight: weights[place] }));
        const strongest = strongestOf(weights, count);
        return { label: tags[tag], for: listed(strongest.for), against: listed(strongest.against) };
      });
    },
    async strongestTransitions({ count = 10 } = {}) {
      checkCount(count);
      return strongestTransitions(params, count);
    },
  };
}

function explained(
  params: CrfParams,
  weights: readonly Float64Array[],
  sentence: readonly Span[],
  { path, scores, features }: TaggedTokens,
): TokenExplanation[] {
  return sentence.map((word, i) => {
    const own = features(i).map(({ place, name }) => ({ feature: name, weight: weights[path[i]][place] }));
    return {
      ...word,
      tag: params.tags[path[i]],
      score: scores[i],
      transition: transitionAt(params, (i === 0 ? params.tags.length : path[i - 1]) * params.tags.length + path[i]),
      features: own.filter(({ weight }) => weight !== 0).sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)),
    };
  });
}

function transitionAt({ tags, transitions }: CrfParams, at: number): TransitionWeight {
  return { from: tags[Math.floor(at / tags.length)], to: tags[at % tags.length], weight: transitions[at] };
}

function strongestTransitions(params: CrfParams, count: number): StrongestTransitions {
  const weights = Float64Array.from(params.transitions);
  const listed = (sign: 1 | -1): TransitionWeight[] =>
    largest(
      weights.map((weight) => sign * weight),
      count,
    ).map((at) => transitionAt(params, at));
  return { for: listed(1), against: listed(-1) };
}

function numberOf(id: string, tags: readonly string[], tag: string): number {
  const number = tags.indexOf(tag);
  if (number >= 0) return number;
  throw new BifocalError("invalid-input", `${id} has no tag "${tag}". ${didYouMean(tag, tags)}`);
}
