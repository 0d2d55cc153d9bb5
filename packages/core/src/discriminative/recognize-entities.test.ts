import type { ModelCard } from "@bifocal/contracts";
import { taggerChecks } from "@bifocal/contracts/testing";
import { expect, test } from "vitest";
import type { TokenScoringEngine } from "../engines/engine.js";
import { createTagger } from "./recognize-entities.js";
import { splitWords } from "./split-words.js";

const card: ModelCard = {
  id: "fake/capitals",
  task: "ner",
  paradigm: "discriminative",
  family: "fake",
  languages: [],
  licence: "MIT",
  source: "here",
  trainedOn: [],
};

/** Sure that every word with a capital is (part of) a name; sees no empty words. */
function capitalsEngine(labels = ["O", "I-NAME"]): TokenScoringEngine {
  return {
    labels,
    scoreWords: async (sentences) =>
      sentences.map((words) => ({
        logits: words.map((word) => (word.trim() === "" ? undefined : /^\p{Lu}/u.test(word) ? [0, 4] : [4, 0])),
        usage: { tokens: words.length, windows: 1, truncated: false },
      })),
    scoreTokens: async (texts) =>
      texts.map((text) => {
        const words = splitWords(text);
        return {
          starts: words.map(({ start }) => start),
          ends: words.map(({ end }) => end),
          begins: words.map(() => 1),
          logits: words.flatMap((word) => (/^\p{Lu}/u.test(word.text) ? [0, 4] : [4, 0])),
          usage: { tokens: words.length, windows: 1, truncated: false },
        };
      }),
    close: async () => {},
  };
}

for (const { name, run } of taggerChecks(() => createTagger(capitalsEngine(), card))) test(name, run);

test("joins the words of an entity, with offsets into the text and their mean score", async () => {
  const text = "the  Ada\n Lovelace, of London";
  const [tagging] = await createTagger(capitalsEngine(), card).tag([text]);
  const score = expect.closeTo(1 / (1 + Math.exp(-4)), 12);
  expect(tagging?.entities).toEqual([
    { label: "NAME", text: "Ada\n Lovelace", start: 5, end: 18, score },
    { label: "NAME", text: "London", start: 23, end: 29, score },
  ]);
});

test("tags tokens in IOB2, whatever the model's own scheme", async () => {
  for (const own of ["I-NAME", "NAME"]) {
    const tagger = createTagger(capitalsEngine(["O", own]), card);
    expect(tagger.labels).toEqual(["NAME"]);
    const [tagging] = await tagger.tagTokens([["Ada", "Lovelace", "", "met", "Babbage"]]);
    expect(tagging?.tags).toEqual(["B-NAME", "I-NAME", "O", "O", "B-NAME"]);
  }
  const single = createTagger(capitalsEngine(["O", "U-NAME"]), card);
  expect((await single.tagTokens([["Ada", "Lovelace"]]))[0]?.tags).toEqual(["B-NAME", "B-NAME"]);
  const joined = await single.tagTokens([["Ada", "Lovelace"]], { scheme: "IOB2" });
  expect(joined[0]?.tags).toEqual(["B-U-NAME", "I-U-NAME"]);
});
