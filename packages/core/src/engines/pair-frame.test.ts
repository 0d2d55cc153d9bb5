import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { awkwardTexts } from "@bifocal/contracts/testing";
import { AutoTokenizer, env } from "@xenova/transformers";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyText } from "../../testing/any-text.js";
import { partsOf } from "../alignment/tokenizer-parts.js";
import { pairFrameLength, pairFrameOf, pairRow } from "./pair-frame.js";

const fixtures = new URL("../../../../tests/fixtures/", import.meta.url);
const shared = new URL("../../../../../shared/models/", import.meta.url);

const families: readonly (readonly [string, URL, number])[] = [
  ["BERT's, with types", new URL("entailment/bert/", fixtures), 3],
  ["RoBERTa's, without", new URL("entailment/roberta/", fixtures), 4],
  ["BART's", new URL("decoding/bart/", fixtures), 2],
  ["T5's", new URL("decoding/t5/", fixtures), 1],
  ["one of two types and no signs", new URL("onnx/token-classifier-unigram/", fixtures), 0],
  ["30,000 word pieces (../shared/models)", new URL("minishlab/potion-base-4M-int8/", shared), 3],
];

describe.each(families)("%s", (_, folder, signs) => {
  test.skipIf(!existsSync(folder))("two texts are read as the library reads them", async () => {
    Object.assign(env, { allowRemoteModels: false, useFSCache: false });
    const tokenizer = await AutoTokenizer.from_pretrained(fileURLToPath(folder), { local_files_only: true });
    const frame = pairFrameOf(tokenizer);
    expect(pairFrameLength(frame)).toBe(signs);
    const ids = (text: string): number[] => tokenizer.encode(text, { add_special_tokens: false });
    const check = (first: string, second: string): void => {
      // The library takes an empty second text for none.
      if (second === "") return;
      const theirs = partsOf(tokenizer).encode(first, { text_pair: second, return_token_type_ids: true });
      const row = pairRow(frame, ids(first), ids(second));
      expect(row.ids).toEqual(theirs.ids);
      expect(row.types).toEqual(theirs.token_type_ids);
    };
    for (const text of awkwardTexts) check(text, "an old dog");
    fc.assert(fc.property(anyText, anyText, check), { numRuns: 200 });
  });
});
