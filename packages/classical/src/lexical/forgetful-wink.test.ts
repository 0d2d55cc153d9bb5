import { expect, test } from "vitest";
import winkModel from "wink-eng-lite-web-model";
import winkNlp, { type Document } from "wink-nlp";
import { tokenize } from "../features/tokenizers/tokenizers.js";
import { forgetfulWink } from "./forgetful-wink.js";
import { winkSentences } from "./wink-sentences.js";

const text = "We follow the gradient w.r.t. the loss of Montezuma's Revenge.";
// Words that once met are taken whole ever after.
const misleading = ["It is robust w.r.t noise.", "Games (Montezuma's, Pitfall).", "Montezuma's."];

const start = () => forgetfulWink(winkNlp, winkModel, ["sbd"]);

test("a text is cut the same whatever was read before", () => {
  const fresh = start()(text, tokensAndSentences);
  const read = start();
  for (const other of misleading) read(other, tokensAndSentences);
  expect(read(text, tokensAndSentences)).toEqual(fresh);
  expect(fresh.sentences).toEqual([text]);
  expect(fresh.tokens).toContain("w.r.t.");
});

test("starts anew as often as it must, and reads the same", () => {
  const read = start();
  const first = read(text, tokensAndSentences);
  const white = " ".repeat(5_000_001);
  for (let starts = 0; starts < 3; starts++) {
    read(white, tokensAndSentences);
    expect(read(text, tokensAndSentences)).toEqual(first);
  }
});

test("sentences and tokens are those of a forgetful wink", async () => {
  for (const other of misleading) {
    await winkSentences(other);
    tokenize(other, "wink");
  }
  const { tokens } = start()(text, tokensAndSentences);
  expect((await winkSentences(text)).map((sentence) => sentence.text)).toEqual([text]);
  expect(tokenize(text, "wink").map((token) => token.text)).toEqual(tokens);
});

function tokensAndSentences(document: Document): { tokens: string[]; sentences: string[] } {
  return { tokens: document.tokens().out(), sentences: document.sentences().out() };
}
