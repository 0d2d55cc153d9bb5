import { existsSync, readFileSync } from "node:fs";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BifocalError } from "@bifocal/contracts";
import { describe, expect, test } from "vitest";
import { decode } from "../generative/decoding/decode.js";
import type { Sequence } from "../generative/decoding/next-tokens.js";
import type { DecodingPlan } from "../generative/decoding/plan.js";
import { distributionOf, type Sampling } from "../generative/decoding/sampling.js";
import type { ModelConfig } from "../hub/model-config.js";
import { countTokens } from "./count-tokens.js";
import { decoderNetwork } from "./decoder-network.js";
import { encoderDecoderNetwork } from "./encoder-decoder-network.js";
import type { WriteOptions } from "./engine.js";
import { generationConfigOf } from "./generation-config.js";
import type { Loaded } from "./loaded.js";
import { measureTexts } from "./measure-texts.js";
import { load } from "./transformers.js";
import { writeTexts } from "./write-texts.js";

/** What PyTorch gives, by an independent reference: see tests/fixtures/decoding/README.md. */
interface Goldens {
  readonly prompts: readonly { readonly text: string; readonly ids: number[] }[];
  readonly greedy: readonly { readonly settings: GoldenSettings; readonly results: readonly GreedyResult[] }[];
  readonly beams: readonly {
    readonly settings: GoldenSettings;
    readonly results: readonly (readonly BeamResult[])[];
  }[];
  readonly scored: readonly {
    readonly text?: string;
    readonly source?: string;
    readonly target?: string;
    readonly logProbabilities: readonly number[];
  }[];
  readonly sampling: readonly {
    readonly logits: readonly number[];
    readonly cases: readonly { readonly settings: Sampling; readonly left: readonly (readonly [number, number])[] }[];
  }[];
}

interface GreedyResult {
  readonly ids: readonly number[];
  readonly logProbabilities: readonly number[];
  readonly finish: string;
}

interface BeamResult {
  readonly ids: readonly number[];
  readonly logProbability: number;
  readonly finish: string;
  readonly score: number;
}

/** Names of the plan's where they are the same. */
type GoldenSettings = Partial<DecodingPlan> & {
  readonly forcedBosTokenId?: number;
  readonly forcedEosTokenId?: number;
  readonly suppressTokens?: readonly number[];
  readonly beginSuppressTokens?: readonly number[];
};

const folder = fileURLToPath(new URL("../../../../tests/fixtures/decoding/", import.meta.url));
const goldens: Readonly<Record<string, Goldens>> = JSON.parse(readFileSync(`${folder}goldens.json`, "utf8"));

async function loadFixture(name: string): Promise<Loaded> {
  const config: ModelConfig = JSON.parse(readFileSync(`${folder}${name}/config.json`, "utf8"));
  expect(existsSync(`${folder}${name}/onnx`)).toBe(true);
  return load({ folder: `${folder}${name}`, head: "write", dtype: "fp32", config });
}

function planOf(loaded: Loaded, settings: GoldenSettings): DecodingPlan {
  const { forcedBosTokenId, forcedEosTokenId, suppressTokens, beginSuppressTokens, ...same } = settings;
  return {
    endTokens: new Set([generationConfigOf(loaded).eos_token_id ?? []].flat()),
    maxNewTokens: 24,
    seed: 0,
    numBeams: 1,
    lengthPenalty: 1,
    earlyStopping: false,
    numReturnSequences: 1,
    ...same,
    ...(forcedBosTokenId !== undefined && { forcedFirst: forcedBosTokenId }),
    ...(forcedEosTokenId !== undefined && { forcedLast: forcedEosTokenId }),
    ...(suppressTokens !== undefined && { suppressed: suppressTokens }),
    ...(beginSuppressTokens !== undefined && { suppressedFirst: beginSuppressTokens }),
  };
}

async function write(loaded: Loaded, prompts: readonly number[][], settings: GoldenSettings): Promise<Sequence[][]> {
  const network = loaded.config.is_encoder_decoder
    ? await encoderDecoderNetwork(loaded, prompts)
    : decoderNetwork(loaded, prompts);
  return decode(network, planOf(loaded, settings));
}

function writeAll(loaded: Loaded, texts: readonly string[], options: WriteOptions) {
  const context = { priority: "bulk" as const, throwIfCancelled: () => {}, tell: () => {} };
  return writeTexts(loaded)({ texts, options, streams: false }, context);
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0);

/** Within 1e-4, of what it is where it is large: a score is a sum that may be multiplied by its length. */
function expectNear(actual = Number.NaN, golden: number): void {
  expect(Math.abs(actual - golden) / Math.max(1, Math.abs(golden))).toBeLessThan(1e-4);
}

function expectGreedy([sequence]: readonly Sequence[], golden: GreedyResult | undefined): void {
  expect(sequence?.tokens).toEqual(golden?.ids);
  expect(sequence?.finishReason).toBe(golden?.finish);
  for (const [i, log] of golden?.logProbabilities.entries() ?? []) expectNear(sequence?.logProbabilities[i], log);
}

function expectBeams(sequences: readonly Sequence[], golden: readonly BeamResult[] | undefined): void {
  expect(sequences.map(({ tokens }) => tokens)).toEqual(golden?.map(({ ids }) => ids));
  expect(sequences.map(({ finishReason }) => finishReason)).toEqual(golden?.map(({ finish }) => finish));
  for (const [i, { score, logProbability }] of golden?.entries() ?? []) {
    expectNear(sequences[i]?.score, score);
    expectNear(sumOf(sequences[i]?.logProbabilities ?? []), logProbability);
  }
}

describe.each(Object.entries(goldens))("%s", (name, { prompts, greedy, beams, scored, sampling }) => {
  const loading = loadFixture(name);
  const ids = prompts.map((prompt) => prompt.ids);

  test("texts are read as the reference reads them", async () => {
    const { tokenizer } = await loading;
    expect(prompts.map(({ text }) => tokenizer.encode(text))).toEqual(ids);
  });

  test.each(greedy)("greedy, $settings", async ({ settings, results }) => {
    const together = await write(await loading, ids, settings);
    for (const [i, sequences] of together.entries()) expectGreedy(sequences, results[i]);
    for (const [i, prompt] of ids.entries())
      expectGreedy((await write(await loading, [prompt], settings))[0] ?? [], results[i]);
  });

  test("texts come out as the reference writes them, by what the model's files ask for", async () => {
    const loaded = await loading;
    const texts = prompts.map(({ text }) => text);
    const written = await writeAll(loaded, texts, { numBeams: 1, doSample: false, maxNewTokens: 24 });
    const asText = (tokens: readonly number[]) => loaded.tokenizer.decode([...tokens], { skip_special_tokens: true });
    for (const [i, { sequences }] of written.entries()) {
      const own = greedy[0]?.results[i];
      expect(sequences[0]?.text.trim()).toBe(asText(own?.ids ?? []).trim());
      expect(sequences[0]?.finishReason).toBe(own?.finish);
    }
  });

  test.each(beams)("beams, $settings", async ({ settings, results }) => {
    const together = await write(await loading, ids, settings);
    for (const [i, sequences] of together.entries()) expectBeams(sequences, results[i]);
    for (const [i, prompt] of ids.entries())
      expectBeams((await write(await loading, [prompt], settings))[0] ?? [], results[i]);
  });

  test("the log-probability of a text is the reference's, however many are measured at once", async () => {
    const pairs = scored.map(({ text, source, target }) =>
      source === undefined ? { text: text ?? "" } : { text: target ?? "", given: source },
    );
    const context = { priority: "bulk" as const, throwIfCancelled: () => {}, tell: () => {} };
    const measures = await measureTexts(await loading)({ pairs, languages: {} }, context);
    for (const [i, { logProbabilities }] of scored.entries()) {
      expectNear(measures[i]?.logProbability, sumOf(logProbabilities));
      expect(measures[i]?.tokens).toBe(logProbabilities.length);
    }
  });

  test("what is drawn from has the reference's chances", () => {
    for (const { logits, cases } of sampling)
      for (const { settings, left } of cases) {
        const { tokens, weights } = distributionOf(logits, settings);
        expect(tokens, JSON.stringify(settings)).toEqual(left.map(([token]) => token));
        const total = sumOf(weights);
        for (const [i, [, chance]] of left.entries())
          expect(Math.abs((weights[i] ?? 0) / total - chance), JSON.stringify(settings)).toBeLessThan(1e-5);
      }
  });
});

test("a model of many languages reads and writes those that it is told", async () => {
  const loaded = await loadFixture("m2m100");
  const [{ text, ids } = { text: "", ids: [] }] = goldens.m2m100?.prompts ?? [];
  const token = (language: string) =>
    loaded.tokenizer.encode(`__${language}__`, { add_special_tokens: false })[0] ?? -1;
  const [told] = await writeAll(loaded, [text], { sourceLanguage: "it", targetLanguage: "en", outputScores: true });
  const [[byHand] = []] = await write(loaded, [[token("it"), ...ids.slice(1)]], {
    forcedBosTokenId: token("en"),
    maxNewTokens: 63,
  });
  expect(byHand?.tokens[0]).toBe(token("en"));
  for (const [i, log] of byHand?.logProbabilities.entries() ?? [])
    expectNear(told?.sequences[0]?.tokenLogProbabilities?.[i], log);
  await expect(writeAll(loaded, [text], { targetLanguage: "de" })).rejects.toMatchObject({ code: "invalid-input" });
});

test("a Marian model of several targets is told by a token before the text", async () => {
  const config: ModelConfig = JSON.parse(readFileSync(`${folder}marian/config.json`, "utf8"));
  const copy = await mkdtemp(join(tmpdir(), "bifocal-marian-"));
  await cp(`${folder}marian`, copy, { recursive: true });
  // Two of its words become languages.
  const vocabulary = readFileSync(join(copy, "tokenizer.json"), "utf8");
  await writeFile(join(copy, "tokenizer.json"), vocabulary.replace("▁hill", ">>fra<<").replace("▁road", ">>pt_BR<<"));
  const loaded = await load({ folder: copy, head: "write", dtype: "fp32", config });
  const prompt = goldens.marian?.prompts.find(({ text }) => text.length > 30 && !/hill|road/u.test(text));
  const { text, ids } = prompt ?? { text: "", ids: [] };
  const written = (options: WriteOptions) => writeAll(loaded, [text], { ...options, outputScores: true });
  const token = (language: string) => loaded.tokenizer.get_vocab().get(`>>${language}<<`) ?? -1;
  for (const targetLanguage of ["fra", "pt_BR"]) {
    const [told] = await written({ targetLanguage });
    const [[byHand] = []] = await write(loaded, [[token(targetLanguage), ...ids]], {
      forcedEosTokenId: 0,
      suppressTokens: [2],
      maxNewTokens: 63,
    });
    expect(told?.usage.tokens).toBe(ids.length + 1);
    expect(told?.sequences[0]?.tokenLogProbabilities).toHaveLength(byHand?.tokens.length ?? 0);
    for (const [i, log] of byHand?.logProbabilities.entries() ?? [])
      expectNear(told?.sequences[0]?.tokenLogProbabilities?.[i], log);
    const asked = { texts: [text], languages: { targetLanguage } };
    const context = { priority: "bulk" as const, throwIfCancelled: () => {}, tell: () => {} };
    expect((await countTokens(loaded)(asked, context)).tokens).toEqual([ids.length + 1]);
    const pairs = [{ given: text, text: "a dog" }];
    const [measured] = await measureTexts(loaded)({ pairs, languages: { targetLanguage } }, context);
    const [other] = await measureTexts(await loadFixture("marian"))({ pairs, languages: {} }, context);
    expect(measured?.tokens).toBe(other?.tokens);
    expect(measured?.logProbability).not.toBeCloseTo(other?.logProbability ?? 0, 3);
  }
  await expect(written({})).rejects.toThrow(/needs targetLanguage. There are: .*fra/);
  await expect(written({ targetLanguage: "fr" })).rejects.toThrow(/"fr"\. Did you mean "fra"/);
  await expect(written({ sourceLanguage: "eng", targetLanguage: "fra" })).rejects.toMatchObject({
    code: "unsupported",
  });
  await rm(copy, { recursive: true });
});

test("a call that is cancelled while it waits for its turn is not begun", async () => {
  const loaded = await loadFixture("gpt2");
  let release = (): void => {};
  const busy = loaded.turns.take("interactive", () => new Promise<void>((resolve) => (release = resolve)));
  let isCancelled = false;
  const throwIfCancelled = (): void => {
    if (isCancelled) throw new BifocalError("aborted", "The call was aborted.");
  };
  const context = { priority: "interactive" as const, throwIfCancelled, tell: () => {} };
  const waiting = [
    writeTexts(loaded)({ texts: ["a dog"], options: {}, streams: false }, context),
    measureTexts(loaded)({ pairs: [{ text: "a dog" }], languages: {} }, context),
  ];
  isCancelled = true;
  release();
  for (const call of waiting) await expect(call).rejects.toMatchObject({ code: "aborted" });
  await busy;
});
