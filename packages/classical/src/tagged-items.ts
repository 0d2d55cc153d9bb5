import { BifocalError, labelOfTag } from "@bifocal/contracts";
import type { TaggedSentence } from "./learner.js";

/**
 * The tags of sentences to learn from, in the order of the alphabet: IOB2 where any of them begins with `B-` or `I-`,
 * otherwise as they are, a part of speech say; `most` of them at most.
 * @throws {BifocalError} `invalid-input` where there is nothing to learn, or the tags are not of one scheme.
 */
export function tagsOfSentences(sentences: readonly TaggedSentence[], most: number): string[] {
  sentences.forEach(checkLengths);
  const tags = new Set(sentences.flatMap((sentence) => sentence.tags));
  if (tags.size === 0) throw invalid("There are no tokens to learn from; give at least one tagged sentence.");
  if (tags.size === 1 && tags.has("O"))
    throw invalid("No sentence has an entity, every tag is O; give sentences with other tags too.");
  if (areIob2(tags)) {
    sentences.forEach(checkIob2);
    tags.add("O");
    for (const tag of [...tags]) if (tag.startsWith("B-")) tags.add(`I-${tag.slice(2)}`);
  }
  if (tags.size > most)
    throw invalid(`There are ${tags.size} tags, at most ${most} can be learned; check the column of tags.`);
  return [...tags].sort();
}

/** Whether tags mark entities by `B-` and `I-`. */
export function areIob2(tags: Iterable<string>): boolean {
  return [...tags].some((tag) => labelOfTag(tag) !== undefined);
}

/** Whether one tag may follow another; undefined before is the start. An `I-` goes on with an entity of its type. */
export function mayFollow(before: string | undefined, tag: string): boolean {
  return !tag.startsWith("I-") || (before !== undefined && labelOfTag(before) === tag.slice(2));
}

function checkLengths({ tokens, tags }: TaggedSentence, index: number): void {
  if (tokens.length === tags.length && !tags.includes("")) return;
  const where = `Sentence ${index + 1} of the training data`;
  if (tokens.length === tags.length) throw invalid(`${where} has an empty tag; give every token one.`);
  throw invalid(`${where} has ${tokens.length} tokens and ${tags.length} tags; give one tag a token.`);
}

function checkIob2({ tags }: TaggedSentence, index: number): void {
  const bad = tags.findIndex((tag, i) => (tag !== "O" && !labelOfTag(tag)) || !mayFollow(tags[i - 1], tag));
  if (bad === -1) return;
  throw invalid(
    `Sentence ${index + 1} of the training data is not tagged in IOB2 at token ${bad + 1}; an entity begins with B- and goes on with I-.`,
  );
}

function invalid(message: string): BifocalError {
  return new BifocalError("invalid-input", message);
}
