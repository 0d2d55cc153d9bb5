import assert from "node:assert/strict";
import { type AnyModel, hasDensity } from "@bifocal/contracts";

/** What a model says of a text, as numbers by name, so that two models can be compared. */
export type Answer = ReadonlyMap<string, number>;

/** The scores of each label; the scores of each token's tag; of each sentence; or how likely the text is. */
export async function answersOf(model: AnyModel, texts: readonly string[]): Promise<Answer[]> {
  if ("classify" in model) {
    const results = await model.classify(texts);
    return results.map(({ scores }) => new Map(scores.map(({ label, score }) => [label, score])));
  }
  if ("tag" in model) {
    const taggings = await model.tagTokens(texts.map((text) => text.split(/\s+/).filter((token) => token !== "")));
    return taggings.map(({ tags, scores }) => new Map(tags.map((tag, i) => [`${i} ${tag}`, scores[i]])));
  }
  if (model.card.task === "summarization") {
    const summaries = await model.generate(texts, { sentences: 1000 });
    return summaries.map(
      ({ sentences = [] }) => new Map(sentences.map(({ start, score }) => [`sentence at ${start}`, score])),
    );
  }
  if (hasDensity(model)) {
    const answers = await model.logProbability(texts);
    return answers.map(
      ({ logProbability, bytes }) => new Map([["log-probability a byte", logProbability / Math.max(1, bytes)]]),
    );
  }
  const written = await model.generate(texts, { seed: 1, maxNewTokens: 8 });
  return written.map(({ text }) => new Map([[text, 1]]));
}

/** @throws {AssertionError} where the answers differ in a name, or in a number by more than the tolerance. */
export function assertSameAnswers(actual: readonly Answer[], expected: readonly Answer[], tolerance: number): void {
  assert.equal(actual.length, expected.length);
  for (const [i, answer] of actual.entries()) {
    assert.deepEqual([...answer.keys()].sort(), [...expected[i].keys()].sort(), `text ${i + 1} is answered otherwise`);
    for (const [name, number] of answer) {
      const other = expected[i].get(name) as number;
      assert.ok(Math.abs(number - other) <= tolerance, `text ${i + 1}, ${name}: ${number} and ${other}`);
    }
  }
}
