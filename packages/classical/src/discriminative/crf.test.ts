import type { Tagger } from "@bifocal/contracts";
import { taggerChecks } from "@bifocal/contracts/testing";
import { expect, test } from "vitest";
import { entitySentences } from "../../testing/entity-sentences.js";
import type { TaggedSentence } from "../learner.js";
import { openModel, openModelFile, trainModel } from "../learners.js";
import { encodeModel, type SavedModel } from "../model-file.js";
import type { CrfParams } from "./crf-params.js";

const learn = (items: readonly TaggedSentence[], settings = {}): Promise<SavedModel> =>
  trainModel("crf", items, { id: "small", licence: "MIT", settings });

const saved = await learn(entitySentences(200, 1));
const open = (): Tagger => openModel(saved) as Tagger;

for (const { name, run } of taggerChecks(open)) test(name, run);

test("tags sentences of the same grammar, with names it never saw", async () => {
  const test = entitySentences(50, 2);
  const taggings = await open().tagTokens(test.map(({ tokens }) => tokens));
  expect(taggings.map(({ tags }) => tags)).toEqual(test.map(({ tags }) => tags));
  const [unseen] = await open().tagTokens([["Sofia", "lives", "in", "Padua", "."]]);
  expect(unseen.tags).toEqual(["B-PER", "O", "O", "B-LOC", "O"]);
});

test("marks entities where they stand in the text", async () => {
  const [{ entities, usage }] = await open().tag(["Ada Lovelace lives in Turin.\nAlan reads about mathematics."]);
  expect(entities.map(({ text, label, start }) => [text, label, start])).toEqual([
    ["Ada Lovelace", "PER", 0],
    ["Turin", "LOC", 22],
    ["Alan", "PER", 29],
  ]);
  expect(usage).toEqual({ tokens: 11, windows: 1, truncated: false });
});

test("the same seed gives the same model, another seed another", async () => {
  const bytes = async (settings: object) => Buffer.from(encodeModel(await learn(entitySentences(60, 3), settings)));
  const once = await bytes({ seed: 4 });
  expect(once.equals(await bytes({ seed: 4 }))).toBe(true);
  expect(once.equals(await bytes({ seed: 5 }))).toBe(false);
});

test("a model read from a file answers as the one that was saved", async () => {
  const texts = ["Grace Hopper lives in Vienna. Kurt reads about Rome."];
  const read = openModelFile(encodeModel(saved)) as Tagger;
  expect(await read.tag(texts)).toEqual(await open().tag(texts));
});

test("in 8 bits a weight it still tags as before", async () => {
  const texts = entitySentences(50, 6).map(({ tokens }) => tokens);
  const columns = (saved.params as CrfParams).tags.length;
  const read = openModelFile(encodeModel(saved, { quantize: { weights: columns } })) as Tagger;
  const tagsOf = async (model: Tagger): Promise<unknown> => (await model.tagTokens(texts)).map(({ tags }) => tags);
  expect(await tagsOf(read)).toEqual(await tagsOf(open()));
});

test("features that weigh little are left out when asked", async () => {
  const size = async (settings: object) => encodeModel(await learn(entitySentences(60, 3), settings)).length;
  expect(await size({ smallestWeight: 0.5 })).toBeLessThan(await size({}));
});

test.each([
  ["no sentences", [], "no tokens to learn from"],
  ["only O", [{ tokens: ["a"], tags: ["O"] }], "every tag is O"],
  ["a length that differs", [{ tokens: ["a", "b"], tags: ["O"] }], "2 tokens and 1 tags"],
  ["an I- that continues nothing", [{ tokens: ["a", "b"], tags: ["O", "I-PER"] }], "at token 2"],
  ["a tag of another scheme", [{ tokens: ["a", "b"], tags: ["B-PER", "PERSON"] }], "not tagged in IOB2 at token 2"],
  ["a tag without type", [{ tokens: ["a"], tags: ["B-"] }], "not tagged in IOB2 at token 1"],
])("refuses %s", async (_, items, message) => {
  await expect(learn(items)).rejects.toMatchObject({
    code: "invalid-input",
    message: expect.stringContaining(message),
  });
});

test("one sentence is enough to learn from", async () => {
  const one = await learn([{ tokens: ["Ada", "slept"], tags: ["B-PER", "O"] }], { minimumCount: 1 });
  const model = openModel(one) as Tagger;
  const [{ tags }] = await model.tagTokens([["Ada", "slept"]]);
  expect(tags).toEqual(["B-PER", "O"]);
});

test("says how far it is, and stops when aborted", async () => {
  const aborter = new AbortController();
  const seen: number[] = [];
  const onProgress = ({ iteration }: { iteration: number }): void => {
    seen.push(iteration);
    if (iteration === 3) aborter.abort();
  };
  const train = trainModel("crf", entitySentences(60, 3), { id: "stopped", signal: aborter.signal, onProgress });
  await expect(train).rejects.toMatchObject({ code: "aborted" });
  expect(seen).toEqual([1, 2, 3]);
});

test.each(["perceptron", "lbfgs", "sgd"])(
  "by %s, ends where it is aborted while it reads the sentences",
  async (algorithm) => {
    let polls = 0;
    const signal = {
      get aborted() {
        polls++;
        return polls >= 3;
      },
      reason: undefined,
    };
    const seen: number[] = [];
    const onProgress = ({ iteration }: { iteration: number }) => seen.push(iteration);
    const options = { id: "unread", signal, onAbort: "keep-best", onProgress, settings: { algorithm } } as const;
    await expect(trainModel("crf", entitySentences(400, 3), options)).rejects.toMatchObject({ code: "aborted" });
    expect({ polls, seen }).toEqual({ polls: 3, seen: [] });
  },
);

test("keeps what it learned when aborted, if asked to, in either stage", async () => {
  const train = (stopAt: number) => {
    const aborter = new AbortController();
    const onProgress = ({ iteration }: { iteration: number }): void => {
      if (iteration === stopAt) aborter.abort();
    };
    const options = { id: "kept", signal: aborter.signal, onAbort: "keep-best", onProgress } as const;
    return trainModel("crf", entitySentences(60, 3), { ...options, settings: { epochs: 3, heldOut: 0 } });
  };
  for (const iterations of [2, 3, 5]) {
    const kept = await train(iterations);
    expect(kept.card.training).toMatchObject({ iterations, ended: "aborted", items: 60 });
    const [{ tags }] = await (openModel(kept) as Tagger).tagTokens([["Ada", "lives", "in", "Rome", "."]]);
    expect(tags).toEqual(["B-PER", "O", "O", "B-LOC", "O"]);
  }
});

test("dev items choose the epoch, and end the training once it gains no more", async () => {
  const settings = { epochs: 12, heldOut: 0 };
  const options = { id: "early", settings, dev: entitySentences(40, 9), patience: 2 };
  const { card } = await trainModel("crf", entitySentences(200, 1), options);
  expect(card.training).toMatchObject({ ended: "early", dev: { metric: "f1", score: 1 } });
  expect(card.training?.iterations).toBeLessThan(24);
});

test("refuses params whose parts do not fit", () => {
  const params = { ...saved.params, features: Uint32Array.of(1) };
  expect(() => openModel({ ...saved, params })).toThrow(expect.objectContaining({ code: "model-damaged" }));
});

test("reads a megabyte without end", async () => {
  const [{ usage }] = await open().tag(["Ada lives in Turin and ".repeat(50_000)]);
  expect(usage.tokens).toBe(250_000);
});

test.each([
  [{ l2: 0.1 }, "The algorithm perceptron does not read l2: leave it out, or set algorithm=lbfgs."],
  [{ algorithm: "sgd", l1: 0.1 }, "The algorithm sgd does not read l1"],
  [{ algorithm: "lbfgs", epochs: 3 }, "The algorithm lbfgs does not read epochs"],
])("%j is refused, for a setting that is not read would seem to be of no use", async (settings, message) => {
  await expect(trainModel("crf", entitySentences(10, 1), { id: "small", settings })).rejects.toThrow(message);
});
