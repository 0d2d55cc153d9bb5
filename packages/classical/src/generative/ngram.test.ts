import { existsSync, readFileSync } from "node:fs";
import { type AnyModel, BifocalError, type Density, hasDensity, type TextGenerator } from "@bifocal/contracts";
import { densityChecks, generatorChecks } from "@bifocal/contracts/testing";
import { expect, test } from "vitest";
import { openModel, trainModel } from "../learners.js";
import { decodeModel, encodeModel, type SavedModel } from "../model-file.js";

const texts = [
  "Once upon a time there was a cat. The cat sat on the mat.",
  "Once upon a time there was a dog. The dog sat on the cat.",
  "The mat was red.\n  The cat was not.",
  "There was a time, once, when the dog was red.",
  "naïve \ud83d piece",
];

function train(settings: Record<string, number> = {}, items = texts): Promise<SavedModel> {
  return trainModel(
    "ngram",
    items.map((text) => ({ text })),
    { id: "tales", settings },
  );
}

function opened(model: AnyModel): TextGenerator & Density {
  if ("generate" in model && hasDensity(model)) return model;
  throw new Error("it does not write");
}

const open = async (saved: SavedModel | Promise<SavedModel> = train()): Promise<TextGenerator & Density> =>
  opened(openModel(await saved));

for (const { name, run } of generatorChecks(() => open())) test(name, run);
for (const { name, run } of densityChecks(() => open())) test(name, run);

test("shares no more than 1 among the texts that there are, most of it among those like its own", async () => {
  const model = await open(train({ minimumCount: 1, order: 2 }, ["a b", "b a", "a"]));
  const pieces = ["a", "b", " a", " b"];
  let sequences = [""];
  let total = 0;
  for (let length = 0; length <= 3; length++) {
    const answers = await model.logProbability(sequences);
    total += answers.reduce((sum, { logProbability }) => sum + Math.exp(logProbability), 0);
    sequences = sequences.flatMap((sequence) =>
      (length === 0 ? pieces : pieces.slice(2)).map((each) => sequence + each),
    );
  }
  expect(total).toBeGreaterThan(0.5);
  expect(total).toBeLessThan(1);
});

test("goes on with a word where a prompt could end, and closes no quotation that none opened", async () => {
  const told = ["He went home.", "“He went home.”", "“I know.” He went home.", "“Yes.”", "“No,” he said.", "Yes."];
  const model = await open(train({ minimumCount: 1 }, told));
  for (let seed = 0; seed < 50; seed++) {
    const [outside] = await model.generate(["He went home."], { seed });
    expect(outside?.text).toMatch(/\p{L}/u);
    expect(outside?.text).not.toMatch(/^[^“]*”/u);
  }
  const quoted = await Promise.all([...Array(50).keys()].map((seed) => model.generate(["“He went home"], { seed })));
  expect(quoted.flat().some(({ text }) => /^[^“]*”/u.test(text))).toBe(true);
});

test("spells what it does not know, and pays for every byte", async () => {
  const [known, unknown, longer] = await (await open()).logProbability(["The cat", "The zebra", "The zebrazebra"]);
  expect(known?.logProbability).toBeGreaterThan(unknown?.logProbability ?? 0);
  expect(unknown?.logProbability).toBeGreaterThan((longer?.logProbability ?? 0) + 5 * Math.log(2));
  expect(unknown).toMatchObject({ tokens: 3, bytes: 9, over: "text" });
});

test("finds its own texts likelier than the same words in disorder", async () => {
  const [own, disordered] = await (await open()).logProbability(["The dog sat on the cat.", "the on. dog The cat sat"]);
  expect(own?.logProbability).toBeGreaterThan(disordered?.logProbability ?? 0);
});

test("answers the same from a file", async () => {
  const saved = await train();
  const [fresh, reopened] = [await open(saved), await open(decodeModel(encodeModel(saved)))];
  const probes = [...texts, "never seen"];
  expect(await reopened.logProbability(probes)).toEqual(await fresh.logProbability(probes));
  expect(await reopened.generate(["Once"])).toEqual(await fresh.generate(["Once"]));
});

test("finishes the word at the end of a prompt", async () => {
  for (let seed = 0; seed < 20; seed++) {
    const [generation] = await (await open()).generate(["Once up"], { seed, returnFullText: true, maxNewTokens: 1 });
    expect(generation?.text).toBe("Once upon");
    const [space] = await (await open()).generate(["Once upon "], { seed, returnFullText: true, maxNewTokens: 1 });
    expect(space?.text).toMatch(/^Once upon [a-z]+$/);
  }
});

test("goes on after words that it does not know", async () => {
  const [generation] = await (await open()).generate(["Xyzzy"], { maxNewTokens: 4 });
  expect(generation?.text).not.toMatch(/^[a-z]/i);
});

test("never glues two words together, nor writes what it does not know", async () => {
  const known = new Set(texts.join(" ").match(/\p{L}+/gu));
  for (let seed = 0; seed < 50; seed++) {
    const [generation] = await (await open()).generate([""], { seed, temperature: 5 });
    for (const word of generation?.text.match(/\p{L}+/gu) ?? []) expect(known).toContain(word);
  }
});

test("ends where the text ends, or at the limit, and says which", async () => {
  const [ended] = await (await open()).generate(["The mat"], { doSample: false, maxNewTokens: 4096 });
  expect(ended).toMatchObject({ finishReason: "end", text: expect.stringMatching(/\.$/) });
  const [cut] = await (await open()).generate(["Once"], { doSample: false, maxNewTokens: 2 });
  expect(cut).toMatchObject({ finishReason: "length", text: " upon a", tokens: 2 });
});

test("writes something after a whole text, and nothing only where it knows no piece", async () => {
  for (let seed = 0; seed < 20; seed++) {
    const [generation] = await (await open()).generate([texts[0] ?? ""], { seed });
    expect(generation?.tokens).toBeGreaterThan(0);
  }
  const [empty] = await (await open(train({}, ["one"]))).generate(["one"]);
  expect(empty).toMatchObject({ finishReason: "empty", text: "", tokens: 0 });
});

test("says how probable what it wrote is", async () => {
  const model = await open(train({ minimumCount: 1 }, ["a b c", "a b d"]));
  const [generation] = await model.generate(["a b"], { maxNewTokens: 1, doSample: false });
  const pieces: number[] = [];
  for await (const { logProbability = 0 } of model.stream("a b", { maxNewTokens: 1, doSample: false })) {
    pieces.push(logProbability);
  }
  expect(generation?.logProbability).toBeCloseTo(pieces[0] ?? 0, 12);
  expect(Math.exp(generation?.logProbability ?? 0)).toBeGreaterThan(0.25);
  expect(Math.exp(generation?.logProbability ?? 0)).toBeLessThan(0.55);
});

test("writes differently with another seed", async () => {
  const model = await open();
  const written = new Set<string>();
  for (let seed = 0; seed < 10; seed++) {
    const [generation] = await model.generate(["The"], { seed });
    written.add(generation?.text ?? "");
  }
  expect(written.size).toBeGreaterThan(3);
});

test("stops writing and scoring when aborted", async () => {
  const model = await open(train({ minimumCount: 1, order: 2 }, ["a b ".repeat(5000)]));
  const controller = new AbortController();
  const options = { maxNewTokens: 4096, signal: controller.signal };
  const writing = model.generate(
    Array.from({ length: 20_000 }, () => "a"),
    options,
  );
  setTimeout(() => controller.abort(), 5);
  await expect(writing).rejects.toMatchObject({ code: "aborted" });
  const streaming = new AbortController();
  await expect(async () => {
    for await (const _ of (await open()).stream("Once", { ...options, signal: streaming.signal })) streaming.abort();
  }).rejects.toMatchObject({ code: "aborted" });
});

test("refuses options it does not have, no texts, and parts that do not fit", async () => {
  await expect((await open()).generate(["a"], { temperature: 0 })).rejects.toMatchObject({ code: "invalid-input" });
  await expect(train({}, [])).rejects.toThrow(BifocalError);
  const saved = await train();
  const damaged = { ...saved, params: { ...saved.params, children: new Uint32Array(3) } };
  expect(() => openModel(damaged)).toThrow(expect.objectContaining({ code: "model-damaged" }));
});

const novel = new URL("../../../../../shared/data/war-and-peace/", import.meta.url);

test.skipIf(!existsSync(novel))(
  "reads a novel it has not seen better at a higher order (skipped without ../shared/data/war-and-peace)",
  async () => {
    const read = (name: string): string[] => readFileSync(new URL(name, novel), "utf8").split("\n").slice(0, 12_000);
    const perplexities: number[] = [];
    for (const order of [1, 2, 3]) {
      const answers = await (await open(train({ order }, read("train.txt")))).logProbability(read("valid.txt"));
      const log = answers.reduce((sum, { logProbability }) => sum + logProbability, 0);
      perplexities.push(Math.exp(-log / answers.reduce((sum, { tokens }) => sum + tokens, 0)));
    }
    const [one = 0, two = 0, three = 0] = perplexities;
    expect(two).toBeLessThan(one / 2);
    expect(three).toBeLessThan(two);
    expect(three).toBeLessThan(500);
  },
);
