import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { BifocalError, messageOf } from "@bifocal/contracts";
import { clusterKey } from "../clusters/cluster-key.js";
import { learnClusters } from "../clusters/learn-clusters.js";
import { type KnownClusters, knownClusters } from "../features/token-clusters.js";
import { commonWordsOf } from "../features/token-features-common-words.js";
import { type KnownNames, readNames } from "../features/token-gazetteer.js";
import type { TokenKnowledge } from "../features/token-knowledge.js";
import { templatesWith } from "../features/token-templates.js";
import { wordsInSentences } from "../features/words-in-sentences.js";
import type { Progress, Setting, Settings, TaggedSentence, TrainingSignal } from "../learner.js";

export const readingSettings = {
  templates: {
    type: "string",
    default: "entities",
    about: "what is read around a token: entities, parts-of-speech, or templates such as 'word[0]; lower[-1] lower[0]'",
  },
  minimumCount: { type: "integer", min: 1, max: 1000, default: 2, about: "leave out features seen less often" },
  clusters: {
    type: "integer",
    min: 0,
    max: 10_000,
    default: 0,
    about: "read so many clusters of words, too, which are learned first from what stands beside what",
  },
  clusterText: { type: "string", default: "", about: "a file of plain text that clusters are learned from, too" },
  names: { type: "string", default: "", about: "a file of names to look up, one a line: type, tab, name" },
} as const satisfies Record<string, Setting>;

/** What is read of tokens: by which templates, and with which knowledge of words. */
export interface Reading {
  readonly templates: readonly string[];
  readonly known: TokenKnowledge;
}

interface Course {
  readonly signal?: TrainingSignal | undefined;
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * What the settings say is to be known of words: names from a file, clusters of the sentences and of a file.
 * @throws {BifocalError} `unreadable`, `invalid-input` where a file holds no names or is not UTF-8, or is not asked for, `aborted`.
 */
export function learnReading(sentences: readonly TaggedSentence[], settings: Settings, course: Course): Reading {
  const { clusters, clusterText, names } = settings as Record<keyof typeof readingSettings, never>;
  if (clusterText !== "" && clusters === 0)
    throw new BifocalError("invalid-input", "clusterText is read where there are clusters: set clusters=200, say.");
  const known: TokenKnowledge = {
    commonWords: commonWordsOf(sentences),
    ...(names !== "" && namesIn(names)),
    ...(clusters > 0 && clustersOf(sentences, { clusters, clusterText, ...course })),
  };
  const there = { cluster: clusters > 0, names: names !== "" };
  return { templates: templatesWith(settings.templates as string, there), known };
}

function namesIn(file: string): KnownNames {
  return readNames(linesOf(file));
}

function clustersOf(
  sentences: readonly TaggedSentence[],
  { clusters, clusterText, ...course }: Course & { readonly clusters: number; readonly clusterText: string },
): KnownClusters {
  function* all(): Iterable<readonly string[]> {
    for (const { tokens } of sentences) yield tokens.map(clusterKey);
    if (clusterText === "") return;
    for (const line of linesOf(clusterText))
      for (const sentence of wordsInSentences(line)) yield sentence.map(({ text }) => clusterKey(text));
  }
  return knownClusters(learnClusters(all(), { clusters, ...course }));
}

function linesOf(file: string): string[] {
  const bytes = bytesOf(file);
  if (!isUtf8(bytes)) throw new BifocalError("invalid-input", `${file} is not UTF-8; save it as UTF-8.`);
  return new TextDecoder().decode(bytes).split(/\r?\n/);
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new BifocalError("unreadable", `${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}
