import type { Entity, ModelCard, Tagger } from "@bifocal/contracts";
import { taggerChecks } from "@bifocal/contracts/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { joinEntities, joinTaggers } from "./join-taggers.js";
import { winkEntities } from "./wink-entities.js";

const card: ModelCard = {
  id: "joined",
  task: "ner",
  paradigm: "rule-based",
  family: "words that begin with a capital",
  languages: [],
  licence: "MIT",
  source: "this test",
  trainedOn: [],
};

/** Marks each word that begins with a capital; stands in for what was learned. */
function capitals(onClose: () => void = () => {}): Tagger {
  const entitiesOf = (text: string): Entity[] =>
    [...text.matchAll(/\p{Lu}\p{L}*/gu)].map(({ 0: word, index }) => {
      return { label: "PER", text: word, start: index, end: index + word.length, score: 0.5 };
    });
  return {
    card: { ...card, id: "capitals" },
    labels: ["PER"],
    trainingTexts: new Set([7]),
    tag: async (texts, { signal, nBest } = {}) => {
      signal?.throwIfAborted();
      const usage = { tokens: 3, windows: 1, truncated: false };
      return texts.map((text) => {
        const entities = entitiesOf(text);
        return { entities, ...(nBest && { nBest: [{ entities, logProbability: -1 }] }), model: "capitals", usage };
      });
    },
    tagTokens: async (sentences, { nBest } = {}) =>
      sentences.map((tokens) => {
        const tags = tokens.map((token) => (/^\p{Lu}/u.test(token) ? "B-PER" : "O"));
        const readings = nBest && { nBest: [{ tags, logProbability: -1 }] };
        return { tags, scores: tokens.map(() => 0.5), ...readings, model: "capitals" };
      }),
    [Symbol.asyncDispose]: async () => onClose(),
  };
}

const open = () => joinTaggers(card, capitals(), winkEntities());

for (const { name, run } of taggerChecks(open)) test(name, run);

test("unites what both find, and says who found it", async () => {
  const [{ entities, model, usage }] = await open().tag(["Ada came on 5 June 1833 with $5."]);
  expect(entities.map(({ label, text, model: by }) => [label, text, by])).toEqual([
    ["PER", "Ada", "capitals"],
    ["DATE", "5 June 1833", "wink-entities-en"],
    ["MONEY", "$5", "wink-entities-en"],
  ]);
  expect({ model, tokens: usage.tokens }).toEqual({ model: "joined", tokens: 3 });
});

test("each reading of what was learned is joined with what rules find", async () => {
  const [{ entities, nBest }] = await open().tag(["Ada came on 5 June 1833 with $5."], { nBest: 2 });
  expect(nBest).toEqual([{ entities, logProbability: -1 }]);
});

test("tokens are tagged by the learned tagger alone", async () => {
  const [{ tags, model }] = await open().tagTokens([["Ada", "on", "5", "June"]]);
  expect({ tags, model }).toEqual({ tags: ["B-PER", "O", "O", "B-PER"], model: "joined" });
});

test("has the labels of both and the training texts of what was learned", () => {
  expect(open().labels).toEqual(expect.arrayContaining(["PER", "DATE", "EMAIL"]));
  expect(open().trainingTexts).toEqual(new Set([7]));
});

test("closes both", async () => {
  let closed = 0;
  const count = () => {
    closed += 1;
  };
  await joinTaggers(card, capitals(count), capitals(count))[Symbol.asyncDispose]();
  expect(closed).toBe(2);
});

const entity = (label: string, start: number, end: number): Entity => ({ label, start, end, text: "", score: 1 });

test.each([
  ["the same stretch", [entity("ORG", 2, 5)], [entity("URL", 2, 5)], ["ORG"]],
  ["a rule's find inside", [entity("ORG", 2, 9)], [entity("DATE", 4, 6)], ["ORG"]],
  ["two that cross", [entity("ORG", 2, 5)], [entity("DATE", 4, 8)], ["ORG"]],
  ["a rule's find around one", [entity("PER", 2, 5)], [entity("DATE", 0, 8)], ["DATE"]],
  [
    "a rule's find around one and across another",
    [entity("PER", 2, 5), entity("LOC", 6, 9)],
    [entity("DATE", 0, 8)],
    ["PER", "LOC"],
  ],
  ["neighbours", [entity("PER", 0, 2)], [entity("DATE", 2, 4)], ["PER", "DATE"]],
])("%s", (_, learned, rules, labels) => {
  expect(joinEntities(learned, rules).map(({ label }) => label)).toEqual(labels);
});

test("whatever both find, nothing overlaps, and no learned entity is lost but inside a longer find", () => {
  const entities = fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 5 })), { maxLength: 10 }).map((steps) => {
    let at = 0;
    return steps.map(([gap, length]) => {
      const start = at + gap;
      at = start + length;
      return entity("X", start, at);
    });
  });
  fc.assert(
    fc.property(entities, entities, (learned, rules) => {
      const joined = joinEntities(learned, rules);
      for (const [i, { start }] of joined.slice(1).entries()) expect(start).toBeGreaterThanOrEqual(joined[i].end);
      for (const lost of learned.filter((each) => !joined.includes(each))) {
        expect(joined.some((found) => found.start <= lost.start && found.end >= lost.end)).toBe(true);
      }
    }),
  );
});
