import { clusterReader, type KnownClusters, type ReadCluster } from "./token-clusters.js";
import type { CommonWords } from "./token-features-common-words.js";
import { type KnownNames, type MarkNames, nameMarker } from "./token-gazetteer.js";

/** What a model knows of words before it reads a sentence, as it is kept with the model. */
export interface TokenKnowledge extends Partial<KnownClusters>, Partial<KnownNames> {
  /** Hashes of words that are common in lower case; see `commonWordsOf`. */
  readonly commonWords: Uint32Array;
}

/** The same, opened for questions. */
export interface OpenKnowledge {
  readonly commonWords: CommonWords;
  readonly readCluster?: ReadCluster | undefined;
  readonly markNames?: MarkNames | undefined;
}

export function openKnowledge(known: TokenKnowledge): OpenKnowledge {
  return {
    commonWords: new Set(known.commonWords),
    readCluster: hasClusters(known) ? clusterReader(known) : undefined,
    markNames: hasNames(known) ? nameMarker(known) : undefined,
  };
}

/** What of params is knowledge of words. */
export function knowledgeIn(params: TokenKnowledge): TokenKnowledge {
  const { commonWords } = params;
  const clusters = hasClusters(params) && {
    clusterWords: params.clusterWords,
    clusterOf: params.clusterOf,
    clusterPaths: params.clusterPaths,
  };
  const names = hasNames(params) && {
    nameTypes: params.nameTypes,
    nameHashes: params.nameHashes,
    nameMasks: params.nameMasks,
  };
  return { commonWords, ...clusters, ...names };
}

/** Whether the parts of the knowledge fit each other. */
export function isKnowledge(known: TokenKnowledge): boolean {
  const { clusterWords, clusterOf, clusterPaths = [], nameTypes = [], nameHashes, nameMasks } = known;
  return (
    known.commonWords instanceof Uint32Array &&
    clusterWords?.length === clusterOf?.length &&
    (clusterOf === undefined || clusterOf.every((cluster) => cluster < clusterPaths.length)) &&
    nameHashes?.length === nameMasks?.length &&
    (nameMasks === undefined || nameMasks.every((mask) => mask < 2 ** nameTypes.length))
  );
}

export function hasClusters(known: TokenKnowledge): known is TokenKnowledge & KnownClusters {
  return known.clusterWords !== undefined;
}

export function hasNames(known: TokenKnowledge): known is TokenKnowledge & KnownNames {
  return known.nameHashes !== undefined;
}
