import { BifocalError, labelOfTag } from "@bifocal/contracts";
import type { TaggedSentence } from "../learner.js";

const mostLabels = 100;

/**
 * The entity types of sentences to learn from, in the order of the alphabet.
 * @throws {BifocalError} `invalid-input` where there is nothing to learn, or a sentence is not tagged in IOB2.
 */
export function labelsOfSentences(sentences: readonly TaggedSentence[]): string[] {
  sentences.forEach(checkSentence);
  const labels = new Set(sentences.flatMap(({ tags }) => tags.map(labelOfTag)).filter((label) => label !== undefined));
  if (sentences.length === 0) throw invalid("There are no sentences to learn from; give at least one.");
  if (labels.size === 0)
    throw invalid("No sentence has an entity, every tag is O; give sentences with B- and I- tags.");
  if (labels.size > mostLabels) {
    throw invalid(
      `There are ${labels.size} entity types, at most ${mostLabels} can be learned; check the column of tags.`,
    );
  }
  return [...labels].sort();
}

function checkSentence({ tokens, tags }: TaggedSentence, index: number): void {
  const where = `Sentence ${index + 1} of the training data`;
  if (tokens.length !== tags.length) {
    throw invalid(`${where} has ${tokens.length} tokens and ${tags.length} tags; give one tag a token.`);
  }
  const bad = tags.findIndex((tag, i) => !mayFollow(tags[i - 1] ?? "O", tag));
  if (bad === -1) return;
  throw invalid(`${where} is not tagged in IOB2 at token ${bad + 1}; an entity begins with B- and goes on with I-.`);
}

function mayFollow(previous: string, tag: string): boolean {
  if (tag === "O") return true;
  const label = labelOfTag(tag);
  return Boolean(label) && (tag.startsWith("B-") || labelOfTag(previous) === label);
}

function invalid(message: string): BifocalError {
  return new BifocalError("invalid-input", message);
}
