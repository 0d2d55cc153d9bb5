import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { awkwardTexts } from "@bifocal/contracts/testing";
import { AutoTokenizer, env, type PreTrainedTokenizer } from "@xenova/transformers";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { anyText } from "../../testing/any-text.js";
import { hasHalf } from "../../testing/half-pairs.js";
import { tokenFinder } from "./token-offsets.js";

const fixtures = new URL("../../../../tests/fixtures/", import.meta.url);
const shared = new URL("../../../../../shared/models/", import.meta.url);

async function tokenizerIn(folder: URL): Promise<PreTrainedTokenizer> {
  env.allowRemoteModels = false;
  env.useFSCache = false;
  return AutoTokenizer.from_pretrained(fileURLToPath(folder), { local_files_only: true });
}

/** Each token with the part of the text it stands for; a space before those that go on a word. */
function cut(tokenizer: PreTrainedTokenizer, text: string): string[] {
  return tokenFinder(tokenizer)(text).map(({ start, end, begins }) => `${begins ? "" : " "}${text.slice(start, end)}`);
}

const families: readonly (readonly [string, URL])[] = [
  ["WordPiece", new URL("onnx/token-classifier/", fixtures)],
  ["WordPiece in lower case without accents", new URL("onnx/token-classifier-uncased/", fixtures)],
  ["byte-level BPE", new URL("onnx/token-classifier-bytes/", fixtures)],
  ["Unigram", new URL("onnx/token-classifier-unigram/", fixtures)],
  ["T5's", new URL("decoding/t5/", fixtures)],
  ["GPT-2's", new URL("decoding/gpt2/", fixtures)],
  ["BPE with bytes for the unknown (../shared/models)", new URL("karpathy/stories260K/", shared)],
  ["a normalizer that replaces (../shared/models)", new URL("fasttext/amazon-review-polarity/", shared)],
  ["30,000 word pieces (../shared/models)", new URL("minishlab/potion-base-4M-int8/", shared)],
];

describe.each(families)("%s", (_, folder) => {
  let tokenizer: PreTrainedTokenizer;
  beforeAll(async () => {
    if (existsSync(folder)) tokenizer = await tokenizerIn(folder);
  });

  test.skipIf(!existsSync(folder))("gives the library's ids, at places that go forward and split no pair", () => {
    const find = tokenFinder(tokenizer);
    const check = (text: string): void => {
      const tokens = find(text);
      expect(tokens.map(({ id }) => id)).toEqual(tokenizer.encode(text, { add_special_tokens: false }));
      let [start, end] = [0, 0];
      for (const token of tokens) {
        expect(token.start >= start && token.end >= Math.max(end, token.start) && token.end <= text.length).toBe(true);
        const part = text.slice(token.start, token.end);
        expect(part.trim()).toBe(part);
        if (!hasHalf(text)) expect(hasHalf(part)).toBe(false);
        ({ start, end } = token);
      }
    };
    for (const text of awkwardTexts) check(text);
    fc.assert(fc.property(anyText, check), { numRuns: 300 });
  });
});

test("WordPiece: accents, ligatures, Chinese characters, what it drops and what it does not know", async () => {
  const tokenizer = await tokenizerIn(new URL("onnx/token-classifier-uncased/", fixtures));
  expect(cut(tokenizer, "ADA  Zürich, Zu\u0308rich.")).toEqual(["ADA", "Zü", " rich", ",", "Zu\u0308", " rich", "."]);
  expect(cut(tokenizer, "São\u0000 Pau\u200blo\r\nA\u0300da")).toEqual(["São", "Pau\u200blo", "A\u0300da"]);
  expect(cut(tokenizer, "東京は👩‍👩‍👧‍👦 lives")).toEqual(["東", "京", "は👩‍👩‍👧‍👦", "lives"]);
  expect(cut(tokenizer, "xAda Ada")).toEqual(["xAda", "Ada"]);
  expect(cut(tokenizer, "Ada[SEP]lives")).toEqual(["Ada", "[SEP]", "lives"]);
});

test("byte-level BPE: several tokens inside one character, and white space beside words", async () => {
  const tokenizer = await tokenizerIn(new URL("onnx/token-classifier-bytes/", fixtures));
  expect(cut(tokenizer, "Ada Lovelace")).toEqual(["Ada", "Love", " lace"]);
  expect(cut(tokenizer, "Ada in Zürich")).toEqual(["Ada", "", " i", " n", "Zür", " ich"]);
  expect(cut(tokenizer, "東é")).toEqual(["東", "é", " é"]);
  expect(cut(tokenizer, "🙂")).toEqual(["🙂", " 🙂", " 🙂", " 🙂"]);
  expect(cut(tokenizer, "Ada\r\n\n Ada")).toEqual(["Ada", "", " ", " ", "Ada"]);
  expect(cut(tokenizer, "\ud83d Ada")).toEqual(["\ud83d", " \ud83d", " \ud83d", "Ada"]);
});

test("Unigram: compatibility characters, runs of the unknown, the sign before words", async () => {
  const tokenizer = await tokenizerIn(new URL("onnx/token-classifier-unigram/", fixtures));
  expect(cut(tokenizer, "Ada Lovelace,  Turin.")).toEqual(["Ada", "Love", " lace", ",", "Tur", " in", "."]);
  expect(cut(tokenizer, "Walﬁs")).toEqual(["Wal", " ﬁ", " s"]);
  expect(cut(tokenizer, "東京は")).toEqual(["", " 東京", "は"]);
  expect(cut(tokenizer, "Ada xyzzy Turin")).toEqual(["Ada", "", " xyzzy", "Tur", " in"]);
});

/** The test model of T5's shape takes a whole text for one word. */
const cutting = families.filter(([name]) => name !== "T5's");

test.each(cutting)("%s: a long text has the tokens that it has uncut", async (_, folder) => {
  if (!existsSync(folder)) return;
  const tokenizer = await tokenizerIn(folder);
  const text = "Ada lives in Zürich, and the cat sleeps.\n".repeat(300);
  const tokens = tokenFinder(tokenizer)(text);
  expect(tokens.map(({ id }) => id)).toEqual(tokenizer.encode(text, { add_special_tokens: false }));
  const first = tokens.filter(({ start, end }) => end > start && end <= 41);
  const last = tokens.filter(({ start, end }) => end > start && start >= text.length - 41);
  const places = (own: typeof tokens, from: number) => own.map(({ start, end }) => [start - from, end - from]);
  expect(places(last, text.length - 41)).toEqual(places(first, 0));
});
