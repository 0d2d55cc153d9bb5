import type { Span, TextGenerator } from "@bifocal/contracts";
import { generatorChecks } from "@bifocal/contracts/testing";
import { describe, expect, test } from "vitest";
import { winkSentences } from "../lexical/wink-sentences.js";
import { defaultSummaryLength, type SplitSentences } from "./extractive-summarizer.js";
import { lead } from "./lead.js";
import { lexRank } from "./lexrank.js";
import { textRank } from "./textrank.js";

/** Cuts at full stops. */
const splitAtStops: SplitSentences = async (text) =>
  [...text.matchAll(/[^.\s][^.]*\.?/gu)].map(({ 0: sentence, index }): Span => {
    return { text: sentence, start: index, end: index + sentence.length };
  });

const story = [
  "Rain fell on the harbour.",
  "The harbour pilot watched the ferry, the storm and the lighthouse.",
  "A storm broke windows.",
  "The ferry waited outside.",
  "Somebody repaired the lighthouse.",
].join("  ");

describe.each<[string, (split: SplitSentences) => TextGenerator]>([
  ["lead", lead],
  ["textrank", textRank],
  ["lexrank", lexRank],
])("%s", (_, open) => {
  for (const { name, run } of generatorChecks(() => open(splitAtStops))) test(name, run);

  test("conforms on sentences cut by wink, too", async () => {
    for (const { run } of generatorChecks(() => open(winkSentences))) await run();
  });

  test("writes as many sentences as asked, in the order of the text, with their places", async () => {
    const [{ text, sentences = [], finishReason }] = await open(splitAtStops).generate([story], { sentences: 3 });
    expect(sentences).toHaveLength(3);
    expect([...sentences].sort((a, b) => a.start - b.start)).toEqual(sentences);
    expect(text).toBe(sentences.map((sentence) => sentence.text).join(" "));
    for (const sentence of sentences) expect(story.slice(sentence.start, sentence.end)).toBe(sentence.text);
    expect(finishReason).toBe("end");
  });

  test("writes the whole text where more sentences are asked for than it has", async () => {
    const [{ sentences }] = await open(splitAtStops).generate([story], { sentences: 1000 });
    expect(sentences).toHaveLength(5);
  });

  test("streams sentence by sentence", async () => {
    const pieces: string[] = [];
    for await (const { text } of open(splitAtStops).stream(story, { sentences: 2 })) pieces.push(text);
    const [{ text }] = await open(splitAtStops).generate([story], { sentences: 2 });
    expect(pieces).toHaveLength(2);
    expect(pieces.join("")).toBe(text);
  });

  test("says that there was nothing to write", async () => {
    const [empty] = await open(splitAtStops).generate([" \n "]);
    expect(empty).toMatchObject({ text: "", finishReason: "empty", tokens: 0, sentences: [] });
  });

  test("keeps whole sentences within the limit of words, and says that it left some out", async () => {
    const [short] = await open(splitAtStops).generate([story], { sentences: 5, maxNewTokens: 8 });
    expect(short.finishReason).toBe("length");
    expect(short.tokens).toBeLessThanOrEqual(8);
    expect(short.text.endsWith(".")).toBe(true);
  });

  test("stops between two sentences of a stream when aborted", async () => {
    const controller = new AbortController();
    const stream = open(splitAtStops).stream(story, { sentences: 3, signal: controller.signal });
    const read = async () => {
      for await (const _piece of stream) controller.abort();
    };
    await expect(read()).rejects.toMatchObject({ code: "aborted" });
  });
});

test("lead writes the first sentences", async () => {
  const [{ text, sentences = [] }] = await lead(splitAtStops).generate([story], { sentences: 2 });
  expect(text).toBe("Rain fell on the harbour. The harbour pilot watched the ferry, the storm and the lighthouse.");
  expect(sentences.map(({ score }) => score)).toEqual([1, 0.5]);
});

test("TextRank writes the sentence that the others share their words with", async () => {
  const [{ text }] = await textRank(splitAtStops).generate([story], { sentences: 1 });
  expect(text).toBe("The harbour pilot watched the ferry, the storm and the lighthouse.");
});

test("TextRank does not take stop words for what sentences have in common", async () => {
  const text = "It is what it was and it is. It was what it is and was it. Cats purr. Purr, cats.";
  const [{ sentences = [] }] = await textRank(splitAtStops).generate([text], { sentences: 2 });
  expect(sentences.map((sentence) => sentence.text)).toEqual(["Cats purr.", "Purr, cats."]);
});

test("TextRank ranks a long text in blocks, finds the hub, and can be aborted between them", async () => {
  const lines = Array.from({ length: 2600 }, (_, i) => `Topic${i} alone${i}.`);
  lines[1700] = "Topic1 topic2 topic3 topic1500 topic1600 topic1800 topic1900 meet.";
  const text = lines.join(" ");
  const [{ text: summary }] = await textRank(splitAtStops).generate([text], { sentences: 1 });
  expect(summary).toBe(lines[1700]);
  const controller = new AbortController();
  const aborted = textRank(splitAtStops).generate([text], { signal: controller.signal });
  setImmediate(() => controller.abort());
  await expect(aborted).rejects.toMatchObject({ code: "aborted" });
});

test("TextRank gives as many sentences of a long text as are asked for", async () => {
  const text = Array.from({ length: 2300 }, (_, i) => `Line ${i % 7} of ${i}.`).join(" ");
  const [{ sentences }] = await textRank(splitAtStops).generate([text], { sentences: 900 });
  expect(sentences).toHaveLength(900);
});

test.each([
  [0, 1],
  [1, 1],
  [5, 1],
  [8, 2],
  [15, 3],
  [400, 3],
])("of %d sentences a summary has %d", (sentences, length) => {
  expect(defaultSummaryLength(sentences)).toBe(length);
});
