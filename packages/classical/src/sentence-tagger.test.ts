import type { Entity } from "@bifocal/contracts";
import { expect, test } from "vitest";
import { createSentenceTagger, type SentenceReading } from "./sentence-tagger.js";

/** Every sentence may be read in three ways, which the number in it makes more or less likely. */
function read(tokens: readonly string[]): SentenceReading {
  const first = Number(tokens[0]) / 10;
  const path = (tag: string) => ({ tags: tokens.map((_, i) => (i === 0 ? tag : "O")), spanScore: () => 0.5 });
  const ways = [
    { ...path("B-A"), logProbability: Math.log(first) },
    { ...path("B-B"), logProbability: Math.log((1 - first) * 0.75) },
    { ...path("O"), logProbability: Math.log((1 - first) * 0.25) },
  ];
  ways.sort((a, b) => b.logProbability - a.logProbability);
  return { best: ways[0], scores: () => tokens.map(() => 1), nBest: (count) => ways.slice(0, count) };
}

const card = {
  id: "made up",
  task: "ner",
  paradigm: "discriminative",
  family: "none",
  languages: [],
  licence: "MIT",
  source: "test",
  trainedOn: [],
} as const;
const tagger = createSentenceTagger({ card, trainingTexts: new Set() }, { tags: ["O", "B-A", "B-B"], read });

const text = "9 a\n6 b\n2 c\n5 d";
const labels = (entities: readonly Entity[]) => entities.map(({ label, start }) => `${label}${start}`).join(" ");

test.each([1, 2, 5, 81, 100])(
  "the %i likeliest readings of a text are the likeliest ways through its sentences",
  async (nBest) => {
    const [tagging] = await tagger.tag([text], { nBest });
    let all: { labels: string; logProbability: number }[] = [{ labels: "", logProbability: 0 }];
    for (const [i, sentence] of text.split("\n").entries())
      all = all.flatMap((before) =>
        read(sentence.split(" "))
          .nBest(3)
          .map(({ tags, logProbability }) => ({
            labels: tags[0] === "O" ? before.labels : `${before.labels} ${tags[0].slice(2)}${4 * i}`.trim(),
            logProbability: before.logProbability + logProbability,
          })),
      );
    all.sort((a, b) => b.logProbability - a.logProbability);
    expect(tagging.nBest).toHaveLength(Math.min(nBest, all.length));
    for (const [i, { logProbability }] of tagging.nBest?.entries() ?? [])
      expect(logProbability).toBeCloseTo(all[i].logProbability, 9);
    expect(labels(tagging.nBest?.[0].entities ?? [])).toBe(labels(tagging.entities));
    expect(labels(tagging.entities)).toBe(all[0].labels);
  },
);

test("a text without words has one reading, which is sure", async () => {
  const [{ nBest }] = await tagger.tag([""], { nBest: 3 });
  expect(nBest).toEqual([{ entities: [], logProbability: 0 }]);
});
