import type { Span } from "@bifocal/contracts";
import { wordsOf } from "../lexical/words.js";
import { withoutStopWords } from "./sentence-similarity.js";
import { countWords, dotOfWords, type WeightedWords, weightWords } from "./weighted-words.js";

/**
 * What is measured of each sentence of a text. A title is not told apart from a text, so what is like the first sentence
 * stands for what is like the title.
 */
export const sentenceFeatures = [
  "sentencesBefore",
  "sentencesAfter",
  "position",
  "sentencesInText",
  "words",
  "longerThan",
  "centrality",
  "moreCentralThan",
  "likeFirst",
  "likePrevious",
  "likeNext",
  "meanFrequency",
  "coverage",
  "numbers",
  "acronyms",
  "marks",
] as const;

export type SentenceFeature = (typeof sentenceFeatures)[number];

/** What was read of the sentences of one text. */
export interface ReadSentences {
  /** Of each sentence, in lower case. */
  readonly words: readonly (readonly string[])[];
  /** A value a sentence. */
  readonly features: Readonly<Record<SentenceFeature, readonly number[]>>;
}

/** Similarity to a neighbour that is not there. */
const noNeighbour = -1;

/** Measures every sentence of a text, in time that grows with its length. */
export function readSentences(sentences: readonly Span[]): ReadSentences {
  const texts = sentences.map(({ text }) => text);
  const words = texts.map(wordsOf);
  const contents = words.map(withoutStopWords);
  const lengths = words.map((each) => each.length);
  const vectors = weightWords(contents);
  const centrality = meanSimilarities(vectors);
  const last = texts.length - 1;
  const likeness = (i: number, other: number): number =>
    other === i || other < 0 || other > last ? noNeighbour : dotOfWords(vectors[i], vectors[other]);
  const features: ReadSentences["features"] = {
    sentencesBefore: texts.map((_, i) => i),
    sentencesAfter: texts.map((_, i) => last - i),
    position: texts.map((_, i) => i / Math.max(1, last)),
    sentencesInText: texts.map(() => texts.length),
    words: lengths,
    longerThan: sharesBelow(lengths),
    centrality,
    moreCentralThan: sharesBelow(centrality),
    likeFirst: texts.map((_, i) => likeness(i, 0)),
    likePrevious: texts.map((_, i) => likeness(i, i - 1)),
    likeNext: texts.map((_, i) => likeness(i, i + 1)),
    ...frequencies(contents),
    numbers: words.map((each) => each.filter((word) => /\p{N}/u.test(word)).length),
    acronyms: texts.map((text) => text.match(/\p{Lu}{2,}/gu)?.length ?? 0),
    marks: texts.map((text) => text.match(/[(;:%]/g)?.length ?? 0),
  };
  return { words, features };
}

/** The mean cosine of each sentence and the others: by their sum, for a cosine is linear in it. */
function meanSimilarities(vectors: readonly WeightedWords[]): number[] {
  const sum = new Map<string, number>();
  for (const vector of vectors) for (const [word, weight] of vector) sum.set(word, (sum.get(word) ?? 0) + weight);
  return vectors.map(
    (vector) => (dotOfWords(vector, sum) - dotOfWords(vector, vector)) / Math.max(1, vectors.length - 1),
  );
}

/** Of each value, the share of values below it. */
function sharesBelow(values: readonly number[]): number[] {
  const ascending = Float64Array.from(values).sort();
  const below = new Map<number, number>();
  for (const [i, value] of ascending.entries()) if (!below.has(value)) below.set(value, i);
  return values.map((value) => (below.get(value) ?? 0) / values.length);
}

/** How often a sentence's content words stand in the text, in the mean; and how much of the text's content they are. */
function frequencies(contents: readonly (readonly string[])[]): Record<"meanFrequency" | "coverage", number[]> {
  const all = countWords(contents.flat());
  const total = Math.max(
    1,
    contents.reduce((sum, words) => sum + words.length, 0),
  );
  const inText = (words: Iterable<string>): number => {
    let sum = 0;
    for (const word of words) sum += all.get(word) ?? 0;
    return sum;
  };
  return {
    meanFrequency: contents.map((words) => inText(words) / Math.max(1, words.length)),
    coverage: contents.map((words) => inText(new Set(words)) / total),
  };
}

/**
 * What may be a cue: a sentence's words and pairs of words, and its first one, two and three words after `^`, so that a
 * pronoun that begins it is told from one within.
 */
export function cuesOf(words: readonly string[]): Set<string> {
  const cues = new Set(words);
  for (let i = 1; i < words.length; i++) cues.add(`${words[i - 1]} ${words[i]}`);
  for (let i = 1; i <= Math.min(3, words.length); i++) cues.add(`^${words.slice(0, i).join(" ")}`);
  return cues;
}
