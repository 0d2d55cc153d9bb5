import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as library from "@xenova/transformers";
import { expect, test } from "vitest";

const folder = fileURLToPath(new URL("../../../../tests/fixtures/decoding/", import.meta.url));
Object.assign(library.env, { allowRemoteModels: false, useFSCache: false, logLevel: library.LogLevel.NONE });

interface Golden {
  readonly prompts: readonly { readonly text: string; readonly ids: readonly number[] }[];
  readonly greedy: readonly {
    readonly settings: { readonly forcedBosTokenId?: number };
    readonly results: readonly { readonly ids: readonly number[] }[];
  }[];
}

const goldens: Readonly<Record<string, Golden>> = JSON.parse(readFileSync(`${folder}goldens.json`, "utf8"));

test.each(Object.entries(goldens))("the Hub's library reads %s and writes as PyTorch", async (name, golden) => {
  const { prompts, greedy } = golden;
  const first = greedy[0]?.settings.forcedBosTokenId;
  const forced = first === undefined ? {} : { forced_bos_token_id: first };
  const settings = { dtype: "fp32", local_files_only: true } as const;
  const isDecoder = name === "gpt2" || name === "llama";
  const head = isDecoder ? library.AutoModelForCausalLM : library.AutoModelForSeq2SeqLM;
  const model = await head.from_pretrained(`${folder}${name}`, settings);
  const tokenizer = await library.AutoTokenizer.from_pretrained(`${folder}${name}`, settings);
  expect(prompts.map(({ text }) => tokenizer.encode(text))).toEqual(prompts.map(({ ids }) => ids));
  for (const [i, { text, ids }] of prompts.entries()) {
    const written = await model.generate({ ...tokenizer(text), max_new_tokens: 24, ...forced });
    const row = Array.from((written as library.Tensor).data, Number);
    expect(row.slice(isDecoder ? ids.length : 1)).toEqual(greedy[0]?.results[i]?.ids);
  }
  await model.dispose();
});
