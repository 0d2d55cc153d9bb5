import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import { cp, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { hasConditionalDensity, hasDensity, type Model, type TagOptions } from "@bifocal/contracts";
import { classifierChecks, densityChecks, generatorChecks, taggerChecks } from "@bifocal/contracts/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openOnnxModel } from "./open-onnx-model.js";

const fixtures = fileURLToPath(new URL("../../../tests/fixtures/onnx/", import.meta.url));
const fixture = (name: string): string => join(fixtures, name);

/** One model for a whole suite, which closes it at the end; starting a process for each check would take minutes. */
function shareOne<M extends Model>(open: () => Promise<M>): () => Promise<M> {
  const opened: Promise<M>[] = [];
  afterAll(() => opened[0]?.then((model) => model[Symbol.asyncDispose]()));
  return async () => {
    opened[0] ??= open();
    return { ...(await opened[0]), [Symbol.asyncDispose]: async () => {} };
  };
}

describe("a text classifier", () => {
  const open = () => openOnnxModel("text-classification", fixture("text-classifier"));
  for (const { name, run } of classifierChecks(open)) test(name, run);

  test("decides, and says what it is and what it read", async () => {
    await using model = await open();
    expect(model.labels).toEqual(["negative", "positive"]);
    expect(model.bytes).toBeGreaterThan(statSync(join(fixture("text-classifier"), "onnx/model.onnx")).size);
    expect(model.card).toEqual({
      id: fixture("text-classifier"),
      task: "text-classification",
      paradigm: "discriminative",
      family: "bert",
      languages: [],
      licence: "LicenseRef-unknown",
      source: fixture("text-classifier"),
      trainedOn: [],
    });
    const [good, bad] = await model.classify(["A good lovely film", "an awful film"]);
    expect(good).toMatchObject({ label: "positive", usage: { tokens: 7, windows: 1, truncated: false } });
    expect(good?.score).toBeCloseTo(1 / (1 + Math.exp(-6)), 6);
    expect(bad?.label).toBe("negative");
  });

  const long = `good ${"film ".repeat(20)}bad bad bad`;

  test("cuts a text where it is asked to, reads its start and says so", async () => {
    await using model = await open();
    const [result] = await model.classify([long], { overflow: "truncate" });
    expect(result).toMatchObject({ label: "positive", usage: { tokens: 16, windows: 1, truncated: true } });
  });

  test("reads a text longer than its context in windows, each with its share of the answer", async () => {
    await using model = await open();
    const [result] = await model.classify([long]);
    // 24 tokens: windows 0-14 and 10-24, of which each answers for 12; one votes 2 : 0, the other 0 : 6.
    expect(result).toMatchObject({ label: "negative", usage: { tokens: 32, windows: 2, truncated: false } });
    const negative = (1 / (1 + Math.exp(2)) + 1 / (1 + Math.exp(-6))) / 2;
    expect(result?.score).toBeCloseTo(negative, 6);
  });

  test("says how long a text is where it shall not be cut", async () => {
    await using model = await open();
    const refused = model.classify(["good", long], { overflow: "error" });
    await expect(refused).rejects.toMatchObject({ code: "too-large" });
    await expect(refused).rejects.toThrow(/24 tokens.*\(14\)/);
    expect((await model.classify(["good"], { overflow: "error" }))[0]?.label).toBe("positive");
  });

  test("answers a megabyte in one line within seconds", async () => {
    await using model = await open();
    const [result] = await model.classify(["good".repeat(250_000)]);
    expect(result?.usage.truncated).toBe(false);
    const [words] = await model.classify(["good ".repeat(200_000)]);
    expect(words).toMatchObject({ label: "positive", usage: { truncated: false } });
    expect(words?.usage.windows).toBeGreaterThan(10_000);
  });
});

describe("a tagger", () => {
  const open = shareOne(() => openOnnxModel("ner", fixture("token-classifier")));
  for (const { name, run } of taggerChecks(open)) test(name, run);

  test("labels a word by its first token", async () => {
    await using model = await open();
    const [tagging] = await model.tag(["Ada Lovelace met Charles Babbage in New York."]);
    expect(tagging?.entities.map(({ label, text }) => [label, text])).toEqual([
      ["PER", "Ada Lovelace"],
      ["PER", "Charles Babbage"],
      ["LOC", "New York"],
    ]);
  });

  test("reads a text longer than its context in windows, and cuts nothing", async () => {
    await using model = await open();
    const [tagging] = await model.tag(["Ada lives in Turin. ".repeat(8)]);
    expect(tagging?.entities).toHaveLength(16);
    // 40 tokens: windows of 14 that share 3 or more, each with its special tokens.
    expect(tagging?.usage).toEqual({ tokens: 64, windows: 4, truncated: false });
    const [apart] = await model.tag(["Ada lives in Turin. ".repeat(8)], { stride: 0 });
    expect(apart?.entities).toEqual(tagging?.entities);
    expect(apart?.usage.windows).toBe(3);
    const [cut] = await model.tag(["Ada lives in Turin. ".repeat(8)], { overflow: "truncate" });
    expect(cut?.entities).toHaveLength(6);
    expect(cut?.usage).toEqual({ tokens: 16, windows: 1, truncated: true });
    await expect(model.tag(["Ada"], { stride: 14 })).rejects.toMatchObject({ code: "invalid-input" });
  });

  test("joins tokens as it is asked to", async () => {
    await using model = await open();
    const found = async (options: TagOptions) =>
      (await model.tag(["Charles Babbage in New York"], options))[0]?.entities.map(({ label, text }) => [label, text]);
    expect(await found({ aggregationStrategy: "none" })).toEqual([
      ["B-PER", "Charles"],
      ["I-PER", "Bab"],
      ["B-LOC", "New"],
      ["I-LOC", "York"],
    ]);
    // "##bage" alone is no part of a name.
    expect(await found({ aggregationStrategy: "simple" })).toEqual([
      ["PER", "Charles Bab"],
      ["LOC", "New York"],
    ]);
    expect(await found({ ignoreLabels: ["O", "PER"] })).toEqual([["LOC", "New York"]]);
    expect(await found({ ignoreLabels: [] })).toEqual([
      ["PER", "Charles Babbage"],
      ["O", "in"],
      ["LOC", "New York"],
    ]);
  });

  test("never re-tokenizes tokens", async () => {
    await using model = await open();
    const [tagging] = await model.tagTokens([["New York", "York", "Ada", "Lovelace"]]);
    expect(tagging?.tags).toEqual(["B-LOC", "I-LOC", "B-PER", "I-PER"]);
  });
});

describe("a translator", () => {
  const open = shareOne(() => openOnnxModel("translation", fixture("translator")));
  for (const { name, run } of generatorChecks(open)) test(name, run);

  test("translates each text alone", async () => {
    await using model = await open();
    const texts = ["the cat eats fish and bread today.", "the dog", ""];
    expect((await model.generate(texts)).map(({ text, finishReason, tokens }) => [text, finishReason, tokens])).toEqual(
      [
        ["il gatto mangia pesce e pane oggi.", "end", 8],
        ["il cane", "end", 2],
        ["", "empty", 0],
      ],
    );
  });

  test("goes sentence by sentence where a text is too long, or fails where it shall", async () => {
    await using model = await open();
    const text = `${"the cat eats fish and bread today.  ".repeat(5)}\n\n${"The dog sleeps. ".repeat(10)}`;
    const [generation] = await model.generate([text]);
    // "The" is none of its words.
    const expected = `${"il gatto mangia pesce e pane oggi. ".repeat(5)}`.trim();
    expect(generation?.text.split("\n\n")[0]?.trim()).toBe(expected);
    expect(generation?.text.split("\n\n")[1]?.match(/cane dorme\. /gu)).toHaveLength(10);
    expect(generation?.usage).toMatchObject({ windows: 11, truncated: false });
    const refused = model.generate([text], { overflow: "error" });
    await expect(refused).rejects.toMatchObject({ code: "too-large" });
    await expect(refused).rejects.toThrow(/of 80 tokens/);
    const [cut] = await model.generate([text], { overflow: "truncate" });
    expect(cut?.usage).toEqual({ tokens: 64, windows: 1, truncated: true });
  });

  test("refuses languages that it cannot choose", async () => {
    await using model = await open();
    const refused = model.generate(["the cat"], { targetLanguage: "fr" });
    await expect(refused).rejects.toMatchObject({ code: "unsupported" });
  });
});

describe("a summarizer", () => {
  const open = shareOne(() => openOnnxModel("summarization", fixture("summarizer")));
  for (const { name, run } of generatorChecks(open)) test(name, run);

  test("writes a summary", async () => {
    await using model = await open();
    const [summary] = await model.generate(["the river rose after days of rain and many people left their homes."]);
    expect(summary).toMatchObject({ text: "the river rose after days", finishReason: "end", tokens: 5 });
  });
});

describe("a decoder", () => {
  const open = shareOne(() => openOnnxModel("text-generation", fixture("decoder")));
  for (const { name, run } of generatorChecks(open)) test(name, run);

  test("writes the likeliest, with its log-probability", async () => {
    await using model = await open();
    const [generation] = await model.generate(["Once upon"]);
    expect(generation).toMatchObject({ text: " a time 🙂.", finishReason: "end", tokens: 8 });
    expect(generation?.logProbability).toBeCloseTo(Math.log(0.4), 6);
    expect(model.card.paradigm).toBe("generative");
  });

  for (const { name, run } of densityChecks(async () => {
    const model = await open();
    if (!hasDensity(model)) throw new Error("the decoder says no likelihoods");
    return model;
  }))
    test(name, run);

  test("a text is as likely as its tokens one after another, and a continuation likewise", async () => {
    await using model = await open();
    if (!hasDensity(model) || !hasConditionalDensity(model)) throw new Error("the decoder says no likelihoods");
    const [generation] = await model.generate(["Once upon"]);
    const pair = { given: "Once upon", text: generation?.text ?? "" };
    const [given] = await model.logProbabilityGiven([pair]);
    // The end of a continuation is not asked for; here it is certain.
    expect(given?.logProbability).toBeCloseTo(generation?.logProbability ?? 0, 5);
    const long = "Once upon a time 🙂. ".repeat(40);
    const [alone, of] = await model.logProbability([long, pair.text]);
    expect(alone?.tokens).toBeGreaterThan(60);
    expect([alone?.over, given?.over]).toEqual(["text", "text-given-another"]);
    expect(of?.bytes).toBe(Buffer.byteLength(pair.text));
  });

  test("writes several draws, or beams, and ends before a stop string", async () => {
    await using model = await open();
    const draws = { doSample: true, numReturnSequences: 4, maxNewTokens: 1, outputScores: true };
    const [drawn] = await model.generate(["Once upon a"], draws);
    expect(drawn?.sequences).toHaveLength(4);
    for (const { text, tokenLogProbabilities } of drawn?.sequences ?? []) {
      expect([" cat", " dog", " time"]).toContain(text);
      expect(tokenLogProbabilities).toHaveLength(1);
    }
    const [beams] = await model.generate(["Once upon a"], { numBeams: 3, numReturnSequences: 3, maxNewTokens: 1 });
    expect(beams?.sequences?.map(({ text }) => text).sort()).toEqual([" cat", " dog", " time"]);
    const [stopped] = await model.generate(["Once upon a"], { stopStrings: ["🙂"] });
    expect(stopped).toMatchObject({ text: " time ", finishReason: "stop" });
    const pieces: string[] = [];
    for await (const { text } of model.stream("Once upon a", { stopStrings: ["🙂"] })) pieces.push(text);
    expect(pieces.join("")).toBe(" time ");
    let whole = "";
    for await (const { text } of model.stream("Once upon a", { numBeams: 2 })) whole += text;
    expect(whole).toBe((await model.generate(["Once upon a"], { numBeams: 2 }))[0]?.text);
  });

  test.each([
    [{ temperature: 2 }, "doSample"],
    [{ lengthPenalty: 2 }, "numBeams"],
    [{ numReturnSequences: 2 }, "numBeams or doSample"],
    [{ numBeams: 2, numReturnSequences: 3 }, "only 2 beams"],
  ])("%j does not go together", async (options, message) => {
    await using model = await open();
    await expect(model.generate(["Once"], options)).rejects.toThrow(message);
  });

  test("never streams a part of a character", async () => {
    await using model = await open();
    const pieces: string[] = [];
    for await (const { text } of model.stream("Once upon a")) pieces.push(text);
    expect(pieces).toEqual([" time", " ", "🙂", "."]);
  });

  test("stops at the limit, inside a character if need be", async () => {
    await using model = await open();
    const [generation] = await model.generate(["Once upon a"], { maxNewTokens: 3 });
    expect(generation).toMatchObject({ text: " time \ufffd", finishReason: "length", tokens: 3 });
  });

  test("draws by the seed, as often as is likely", async () => {
    await using model = await open();
    const animals = new Map<string, number>();
    for (let seed = 0; seed < 200; seed++) {
      const [generation] = await model.generate(["Once upon a"], { doSample: true, seed, maxNewTokens: 1 });
      animals.set(generation?.text ?? "", (animals.get(generation?.text ?? "") ?? 0) + 1);
    }
    expect([...animals.keys()].sort()).toEqual([" cat", " dog", " time"]);
    expect((animals.get(" time") ?? 0) / 200).toBeCloseTo(0.4, 1);
    const narrow = { doSample: true, topK: 1, seed: 5, maxNewTokens: 1 };
    expect((await model.generate(["Once upon a"], narrow))[0]?.text).toBe(" time");
  });

  test("keeps the end of a prompt longer than its context, and says so", async () => {
    await using model = await open();
    const [generation] = await model.generate([`${"Once\n".repeat(100)}Once upon`], { maxNewTokens: 4 });
    expect(generation).toMatchObject({ tokens: 4, usage: { tokens: 60, truncated: true } });
    expect(generation?.text.startsWith(" a time")).toBe(true);
    const refused = model.generate(["Once\n".repeat(100)], { overflow: "error" });
    await expect(refused).rejects.toMatchObject({ code: "too-large" });
  });

  test("answers calls made at once, each its own", async () => {
    await using model = await open();
    const texts = ["Once", "Once upon", "Once upon a dog"];
    const answers = await Promise.all(texts.map(async (text) => (await model.generate([text]))[0]?.text));
    expect(answers).toEqual([" upon a time 🙂.", " a time 🙂.", " slept 🙂."]);
  });

  test("writes the same in half precision, with whatever its graph keeps", async () => {
    await using whole = await open();
    await using half = await openOnnxModel("text-generation", fixture("decoder"), { dtype: "fp16" });
    for (const options of [{}, { numBeams: 3, numReturnSequences: 3 }, { doSample: true, numReturnSequences: 4 }]) {
      const [wholeTexts, halfTexts] = await Promise.all(
        [whole, half].map((model) => model.generate(["Once", "Once upon a dog"], options)),
      );
      for (const [i, { text, tokens, logProbability }] of wholeTexts?.entries() ?? []) {
        expect(halfTexts?.[i]).toMatchObject({ text, tokens });
        expect(halfTexts?.[i]?.logProbability).toBeCloseTo(logProbability ?? 0, 2);
      }
    }
  });

  test("cannot be asked once it is closed", async () => {
    const model = await openOnnxModel("text-generation", fixture("decoder"));
    await model[Symbol.asyncDispose]();
    await expect(model.generate(["Once"])).rejects.toMatchObject({ code: "invalid-input" });
  });
});

describe("what cannot be opened", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "bifocal-onnx-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function broken(name: string, breakIt: (copy: string) => Promise<void>): Promise<string> {
    const copy = join(folder, name);
    await cp(fixture("text-classifier"), copy, { recursive: true });
    await breakIt(copy);
    return copy;
  }

  const cases: readonly [string, string, (copy: string) => Promise<void>][] = [
    ["a truncated ONNX file", "model-damaged", (copy) => truncate(join(copy, "onnx/model.onnx"), 300)],
    ["an empty ONNX file", "model-damaged", (copy) => truncate(join(copy, "onnx/model.onnx"), 0)],
    ["a truncated tokenizer.json", "model-damaged", (copy) => truncate(join(copy, "tokenizer.json"), 100)],
    ["a config.json that is no JSON", "model-damaged", (copy) => writeFile(join(copy, "config.json"), "<html>")],
    ["a config.json of something else", "model-damaged", (copy) => writeFile(join(copy, "config.json"), "[]")],
    ["a folder without config.json", "unknown-model", (copy) => rm(join(copy, "config.json"))],
    ["a folder without tokenizer.json", "unknown-model", (copy) => rm(join(copy, "tokenizer.json"))],
    ["a folder without onnx", "unknown-model", (copy) => rm(join(copy, "onnx"), { recursive: true })],
  ];
  test.each(cases)("%s: %s", async (name, code, breakIt) => {
    const opening = openOnnxModel("text-classification", await broken(name.replaceAll(" ", "-"), breakIt));
    await expect(opening).rejects.toMatchObject({ name: "BifocalError", code });
  });

  test("weights of another model than the configuration's", async () => {
    const copy = await broken("mixed", async (to) => {
      await cp(join(fixture("token-classifier"), "onnx/model.onnx"), join(to, "onnx/model.onnx"));
    });
    await expect(openOnnxModel("text-classification", copy)).rejects.toMatchObject({ code: "model-damaged" });
  });

  test("a model for another task: says for which", async () => {
    const opening = openOnnxModel("ner", fixture("text-classifier"));
    await expect(opening).rejects.toMatchObject({ code: "wrong-task" });
    await expect(opening).rejects.toThrow(/text-classification or sentiment-analysis/);
  });

  test.each([["./no-such-folder"], ["no-slash"], ["org/name@../../other"], ["org/.."]])(
    "%s: unknown-model",
    async (id) => {
      await expect(openOnnxModel("ner", id)).rejects.toMatchObject({ code: "unknown-model" });
    },
  );

  test("an unknown dtype, and one that the folder does not have", async () => {
    const open = (dtype: string) => openOnnxModel("ner", fixture("token-classifier"), { dtype });
    await expect(open("fp31")).rejects.toMatchObject({ code: "invalid-input" });
    await expect(open("q4")).rejects.toMatchObject({ code: "unknown-model" });
  });

  test("a device that there is none of, or that this machine does not have", async () => {
    const open = (device: string) => openOnnxModel("ner", fixture("token-classifier"), { device });
    await expect(open("tpu")).rejects.toMatchObject({ code: "invalid-input", message: expect.stringMatching(/cpu/) });
    await expect(open("wasm")).rejects.toMatchObject({
      code: "unsupported",
      message: expect.stringMatching(/"wasm".*Leave device out/),
    });
    await using model = await open("cpu");
    expect(await model.tag(["Ada"])).toHaveLength(1);
  });

  test("an aborted opening", async () => {
    const open = (signal: AbortSignal) => openOnnxModel("ner", fixture("token-classifier"), { signal });
    await expect(open(AbortSignal.abort())).rejects.toMatchObject({ code: "aborted" });
    const controller = new AbortController();
    const opening = open(controller.signal);
    setImmediate(() => controller.abort());
    await expect(opening).rejects.toMatchObject({ code: "aborted" });
  });
});

test("a model closed in the middle of its network's runs fails what it was asked, and nothing else", async () => {
  const entry = new URL("../dist/open-onnx-model.js", import.meta.url).href;
  const models = fileURLToPath(new URL("../../models/", import.meta.url));
  // In a process of its own, whose end would be the failure.
  const script = `
    import { openOnnxModel } from ${JSON.stringify(entry)};
    const told = [];
    for (let turn = 0; turn < 2; turn++) {
      const writer = await openOnnxModel("text-generation", ${JSON.stringify(`${models}gpt2-prose-en`)});
      const pieces = writer.stream("It was a", { maxNewTokens: 400, doSample: true })[Symbol.asyncIterator]();
      await pieces.next();
      const others = [writer.generate(["It was"]), writer.logProbability(["It was a dark night."])];
      const closing = writer[Symbol.asyncDispose]();
      for (const call of [...others, drain(pieces), writer.generate(["It"])]) told.push(await failure(call));
      await closing;
      const classifier = await openOnnxModel("sentiment-analysis", ${JSON.stringify(`${models}encoder-sentiment-en`)});
      const much = classifier.classify(new Array(500).fill("a good film ".repeat(40)));
      await classifier.classify(["first"], { priority: "interactive" });
      const ended = failure(much);
      await classifier[Symbol.asyncDispose]();
      told.push(await ended);
    }
    async function drain(iterator) { while (!(await iterator.next()).done); }
    function failure(call) { return call.then(() => "done", ({ code, message }) => code + " " + message); }
    const again = await openOnnxModel("sentiment-analysis", ${JSON.stringify(`${models}encoder-sentiment-en`)});
    const [{ label }] = await again.classify(["a warm, wonderful film"]);
    process.stdout.write(JSON.stringify({ told, label }));
  `;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], {
    timeout: 60_000,
  });
  expect(stderr).toBe("");
  const { told, label } = JSON.parse(stdout);
  expect(label).toBe("positive");
  expect(told).toHaveLength(10);
  for (const each of told) expect(each).toMatch(/^invalid-input .* is closed\. Open it again to use it\.$/);
});

test("a process that leaves a model open ends by itself", async () => {
  const entry = new URL("../dist/open-onnx-model.js", import.meta.url).href;
  const script = `
    import { openOnnxModel } from ${JSON.stringify(entry)};
    const model = await openOnnxModel("text-classification", ${JSON.stringify(fixture("text-classifier"))});
    const [result] = await model.classify(["a good film"]);
    process.stdout.write(result.label);
  `;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], {
    timeout: 20_000,
  });
  expect(stdout).toBe("positive");
  expect(stderr).toBe("");
});
