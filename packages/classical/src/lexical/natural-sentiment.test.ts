import { BifocalError } from "@bifocal/contracts";
import { classifierChecks } from "@bifocal/contracts/testing";
import { describe, expect, test } from "vitest";
import { type NaturalLanguage, naturalLanguages } from "./natural-lexicons.js";
import { naturalSentiment } from "./natural-sentiment.js";

describe.each(naturalLanguages)("%s", (language) => {
  for (const { name, run } of classifierChecks(() => naturalSentiment(language))) test(name, run);
});

test.each<[NaturalLanguage, string, string]>([
  ["en", "What a wonderful film!", "positive"],
  ["en", "A horrible mess.", "negative"],
  ["en", "The train leaves at noon.", "neutral"],
  ["es", "Un desastre terrible.", "negative"],
  ["pt", "Um filme maravilhoso.", "positive"],
  ["it", "Una giornata bella.", "positive"],
  ["fr", "C'est un film horrible.", "negative"],
  ["nl", "Deze film is prachtig.", "positive"],
  ["de", "Das ist schlechtes Wetter.", "negative"],
  ["ca", "Una obra admirable.", "positive"],
  ["eu", "alaitasun", "positive"],
  ["gl", "Un día agradable.", "positive"],
])("%s: %s is %s", async (language, text, label) => {
  const [result] = await naturalSentiment(language).classify([text]);
  expect(result.label).toBe(label);
});

async function labelOf(language: NaturalLanguage, text: string): Promise<string> {
  const [{ label }] = await naturalSentiment(language).classify([text]);
  return label;
}

test("words with accents count, composed or not", async () => {
  expect(await labelOf("it", "La felicità!")).toBe("positive");
  expect(await labelOf("it", "La felicita\u0300!")).toBe("positive");
});

test("elisions hide no word", async () => {
  expect(await labelOf("it", "Un'adorabile serata")).toBe("positive");
});

test("a negation turns round what follows in its clause", async () => {
  expect(await labelOf("it", "Non è una bella giornata.")).toBe("negative");
  expect(await labelOf("en", "I don't like it.")).toBe("negative");
  expect(await labelOf("fr", "Ce n'est pas horrible.")).toBe("positive");
});

test("a negation ends with its clause, and after three words", async () => {
  expect(await labelOf("en", "I did not know. A wonderful film!")).toBe("positive");
  expect(await labelOf("en", "No, wonderful!")).toBe("positive");
  expect(await labelOf("en", "Not the least of these are wonderful films")).toBe("positive");
});

test("the longest entry counts: AFINN rates both words of a phrase together", async () => {
  const [phrase] = await naturalSentiment("en").classify(["damn good"]);
  const [word] = await naturalSentiment("en").classify(["good"]);
  expect(phrase.score).not.toBe(word.score);
  expect(phrase.label).toBe("positive");
});

test("names of the language itself are no words of a lexicon", async () => {
  expect(await labelOf("en", "constructor __proto__ toString hasOwnProperty")).toBe("neutral");
});

test("an unknown language is refused, with the nearest names", () => {
  const open = () => naturalSentiment(JSON.parse('"itt"'));
  expect(open).toThrow(BifocalError);
  expect(open).toThrow(/"it"/);
});
