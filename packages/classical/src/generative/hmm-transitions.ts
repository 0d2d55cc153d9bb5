import { areIob2, mayFollow } from "../tagged-items.js";
import { countTriples, interpolate } from "./hmm-counts.js";

export interface TransitionSettings {
  readonly tags: readonly string[];
  readonly capitals: boolean;
  /** How many tags before it a tag depends on: 1 or 2. */
  readonly order: number;
}

/** How many times a context counts as seen with what follows its tags in any case. */
const caselessWeight = 10;

/**
 * p(next state | states before), (states + 1)^order × (states + 1). Without capitals these are interpolated n-grams of
 * tags. With them, those of tags and capitals, mixed with those of tags alone by how often the context was seen (n):
 * `(n · p(state | states) + k · p(tag | tags) · p(case | tag)) / (n + k)`, so that no case of a tag is impossible.
 * @param sentences states: the tag, plus the number of tags where the token begins with a capital
 */
export function learnTransitions(
  sentences: readonly Uint8Array[],
  { tags, capitals, order }: TransitionSettings,
): Float64Array {
  const count = tags.length;
  const inTags = sentences.map((sentence) => sentence.map((state) => state % count));
  const ofTags = countTriples(inTags, count);
  const follow = followers(tags, inTags);
  const plain = interpolate(ofTags, count, order, follow);
  if (!capitals) return plain;
  const triples = countTriples(sentences, 2 * count);
  const tagOf = (state: number): number => (state === 2 * count ? count : state % count);
  const cased = interpolate(triples, 2 * count, order, (before, next) => follow(tagOf(before), tagOf(next)));
  return mixed(cased, plain, { triples, order, count, shares: caseShares(sentences, count) });
}

/** What may follow what: in IOB2 an `I-` goes on with its entity; and a tag that was never seen follows nothing, but for O. */
function followers(tags: readonly string[], sentences: readonly Uint8Array[]): (tag: number, next: number) => boolean {
  const seen = new Set(sentences.flatMap((sentence) => [...sentence]));
  const outside = areIob2(tags) ? tags.indexOf("O") : -1;
  return (tag, next) =>
    next === tags.length || ((seen.has(next) || next === outside) && mayFollow(tags[tag], tags[next]));
}

/** p(case | tag) of each state, every case of a tag counted once more; 1 for the end. */
function caseShares(sentences: readonly Uint8Array[], count: number): Float64Array {
  const counts = new Float64Array(2 * count + 1).fill(1);
  for (const sentence of sentences) for (const state of sentence) counts[state]++;
  return counts.map((each, state) =>
    state === 2 * count ? 1 : each / (counts[state % count] + counts[(state % count) + count]),
  );
}

interface Mixing {
  readonly triples: Float64Array;
  readonly order: number;
  /** How many tags there are. */
  readonly count: number;
  readonly shares: Float64Array;
}

function mixed(cased: Float64Array, plain: Float64Array, { triples, order, count, shares }: Mixing): Float64Array {
  const size = 2 * count + 1;
  const seen = new Float64Array(cased.length / size);
  for (let i = 0; i < triples.length; i++) seen[Math.floor(i / size) % seen.length] += triples[i];
  const tagOf = (state: number): number => (state === 2 * count ? count : state % count);
  return cased.map((probability, i) => {
    const context = Math.floor(i / size);
    const older = order === 2 ? tagOf(Math.floor(context / size)) * (count + 1) : 0;
    const next = i % size;
    const caseless = plain[(older + tagOf(context % size)) * (count + 1) + tagOf(next)] * shares[next];
    return (seen[context] * probability + caselessWeight * caseless) / (seen[context] + caselessWeight);
  });
}
