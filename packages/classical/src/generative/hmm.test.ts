import { seededRandom } from "@bifocal/contracts";
import { densityChecks, taggerChecks } from "@bifocal/contracts/testing";
import { expect, test } from "vitest";
import { entitySentences, people, places, surnames } from "../../testing/entity-sentences.js";
import type { TaggedSentence } from "../learner.js";
import { openModel, openModelFile, trainModel } from "../learners.js";
import { encodeModel, type SavedModel } from "../model-file.js";
import type { HiddenMarkovModel } from "./hmm.js";
import type { HmmParams } from "./hmm-params.js";

const partOfSpeech: Readonly<Record<string, string>> = {
  the: "DET",
  a: "DET",
  cat: "NOUN",
  dog: "NOUN",
  table: "NOUN",
};

/** "the cat is sleeping ." with verbs that all end in -ing. */
function partOfSpeechSentences(count: number, seed: number): TaggedSentence[] {
  const random = seededRandom(seed);
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)];
  return Array.from({ length: count }, () => {
    const verb = `${pick(["sl", "w", "t", "r", "cl", "b"])}${pick(["a", "e", "i", "o"])}${pick(["p", "lk", "nd"])}ing`;
    const tokens = [pick(["the", "a"]), pick(["cat", "dog", "table"]), "is", verb, "."];
    return { tokens, tags: tokens.map((token) => partOfSpeech[token] ?? { is: "AUX", ".": "PUNCT" }[token] ?? "VERB") };
  });
}

const learn = (items: readonly TaggedSentence[], settings = {}): Promise<SavedModel> =>
  trainModel("hmm", items, { id: "small", licence: "MIT", settings });
const openHmm = (saved: SavedModel): HiddenMarkovModel => openModel(saved) as HiddenMarkovModel;

const entities = await learn(entitySentences(200, 1));
const speech = await learn(partOfSpeechSentences(200, 1));

for (const [what, saved] of Object.entries({ entities, speech })) {
  const posterior: SavedModel<HmmParams> = {
    ...saved,
    params: { ...(saved.params as HmmParams), decoding: "posterior" },
  };
  for (const { name, run } of taggerChecks(() => openHmm(saved))) test(`${what}: ${name}`, run);
  for (const { name, run } of taggerChecks(() => openHmm(posterior))) test(`${what}, by posteriors: ${name}`, run);
  for (const { name, run } of densityChecks(() => openHmm(saved))) test(`${what}: ${name}`, run);
}

test.each([{}, { order: 1 }, { capitals: false }, { decoding: "posterior" }, { suffixSmoothing: 0, guessWeight: 0 }])(
  "marks entities as it learned them: %j",
  async (settings) => {
    const model = openHmm(await learn(entitySentences(200, 1), settings));
    const unseen = entitySentences(50, 2);
    const taggings = await model.tagTokens(unseen.map(({ tokens }) => tokens));
    expect(taggings.map(({ tags }) => tags)).toEqual(unseen.map(({ tags }) => tags));
    const [{ tags }] = await model.tagTokens([["Sofia", "lives", "in", "Padua", "."]]);
    expect(tags).toEqual(["B-PER", "O", "O", "B-LOC", "O"]);
  },
);

test("finds entities where they stand, each as likely as it says", async () => {
  const model = openHmm(entities);
  const [{ entities: found, usage }] = await model.tag(["Ada Lovelace lives in Turin.\nAlan reads about mathematics."]);
  expect(found.map(({ text, label, start }) => [text, label, start])).toEqual([
    ["Ada Lovelace", "PER", 0],
    ["Turin", "LOC", 22],
    ["Alan", "PER", 29],
  ]);
  expect(usage).toEqual({ tokens: 11, windows: 1, truncated: false });
  const all = model.nBest(["Ada", "Lovelace", "lives", "in", "Turin", "."], 1_000_000);
  const total = all.reduce((sum, { logProbability }) => sum + Math.exp(logProbability), 0);
  const with_ = all.filter(({ tags }) => tags[0] === "B-PER" && tags[1] === "I-PER" && tags[2] !== "I-PER");
  const share = with_.reduce((sum, { logProbability }) => sum + Math.exp(logProbability), 0) / total;
  expect(found[0]?.score).toBeCloseTo(share, 9);
});

test("tags every token with its part of speech, an unknown one by its suffix", async () => {
  const model = openHmm(speech);
  expect(model.labels).toEqual(["AUX", "DET", "NOUN", "PUNCT", "VERB"]);
  const tokens = ["The", "dog", "is", "juggling", "."];
  const [{ tags, scores }] = await model.tagTokens([tokens]);
  expect(tags).toEqual(["DET", "NOUN", "AUX", "VERB", "PUNCT"]);
  expect(Math.min(...scores)).toBeGreaterThan(0.5);
  const [{ entities: marked }] = await model.tag(["A cat is juggling."]);
  expect(marked.map(({ text, label, start }) => [text, label, start])).toEqual([
    ["A", "DET", 0],
    ["cat", "NOUN", 2],
    ["is", "AUX", 6],
    ["juggling", "VERB", 9],
    [".", "PUNCT", 17],
  ]);
});

test("tags are valid IOB2, however unlikely the words", async () => {
  for (const decoding of ["viterbi", "posterior"]) {
    const model = openHmm(await learn(entitySentences(40, 3), { decoding }));
    const vocabulary = [...people, ...surnames, ...places, "lives", "Lovelac", "xyz"];
    const random = seededRandom(9);
    const sentences = Array.from({ length: 200 }, () =>
      Array.from({ length: 6 }, () => vocabulary[Math.floor(random() * vocabulary.length)]),
    );
    for (const { tags } of await model.tagTokens(sentences)) {
      for (const [i, tag] of tags.entries()) {
        if (tag.startsWith("I-")) expect((tags[i - 1] ?? "O").slice(2)).toBe(tag.slice(2));
      }
    }
  }
});

test("what it says of a sentence is the sum over its taggings, the best of which is its answer", async () => {
  const model = openHmm(speech);
  const tokens = ["a", "Dog", "is", "Wolking", "there"];
  const all = model.nBest(tokens, 1_000_000);
  const sum = all.reduce((total, { logProbability }) => total + Math.exp(logProbability), 0);
  const [whole] = model.logProbabilityOfTokens([tokens]);
  expect(whole).toBeCloseTo(Math.log(sum), 9);
  const [{ tags }] = await model.tagTokens([tokens]);
  expect(all[0]?.tags).toEqual(tags);
});

test("a density is of the words of each sentence", async () => {
  const model = openHmm(speech);
  const [first, second] = [
    ["the", "cat", "is", "sleping", "."],
    ["A", "dog", "is", "walking", "."],
  ];
  const [one, other] = model.logProbabilityOfTokens([first, second]);
  const [answer] = await model.logProbability(["the cat is sleping.\nA dog is  walking."]);
  expect(answer?.logProbability).toBeCloseTo(one + other, 9);
  expect(answer).toMatchObject({ tokens: 12, bytes: 38, over: "features" });
});

test("draws sentences with their tags, as often as they are likely", () => {
  const model = openHmm(speech);
  const { tokens, tags, logProbability } = model.sample({ seed: 5 });
  expect(model.sample({ seed: 5 })).toEqual({ tokens, tags, logProbability });
  const all = Array.from({ length: 3000 }, (_, seed) => model.sample({ seed }));
  expect(all.every((each) => Number.isFinite(each.logProbability))).toBe(true);
  const share = (word: string): number => all.filter((each) => each.tokens[0] === word).length / all.length;
  expect(share("the") + share("a")).toBeGreaterThan(0.95);
  const expected = partOfSpeechSentences(200, 1).filter((each) => each.tokens[0] === "the").length / 200;
  expect(Math.abs(share("the") - expected)).toBeLessThan(0.04);
  const cats = all.flatMap(({ tokens: words, tags: its }) => its.filter((_, i) => words[i] === "cat"));
  expect(cats.filter((tag) => tag === "NOUN").length / cats.length).toBeGreaterThan(0.95);
  expect(model.sample({ seed: 1, maxTokens: 2 }).tokens.length).toBeLessThanOrEqual(2);
  expect(() => model.sample({ maxTokens: 0 })).toThrow(expect.objectContaining({ code: "invalid-input" }));
});

test("a model read from a file answers as the one that was saved", async () => {
  const texts = ["Grace Hopper lives in Vienna. Kurt reads about Rome."];
  const read = openModelFile(encodeModel(entities)) as HiddenMarkovModel;
  expect(await read.tag(texts)).toEqual(await openHmm(entities).tag(texts));
  expect(await read.logProbability(texts)).toEqual(await openHmm(entities).logProbability(texts));
});

test.each([
  ["no sentences", [], "no tokens"],
  ["sentences without tokens", [{ tokens: [], tags: [] }], "no tokens"],
  ["only O", [{ tokens: ["a"], tags: ["O"] }], "every tag is O"],
  ["a length that differs", [{ tokens: ["a", "b"], tags: ["O"] }], "2 tokens and 1 tags"],
  ["an I- that continues nothing", [{ tokens: ["a", "b"], tags: ["O", "I-PER"] }], "at token 2"],
  ["two schemes", [{ tokens: ["a", "b"], tags: ["B-PER", "NOUN"] }], "not tagged in IOB2 at token 2"],
  ["an empty tag", [{ tokens: ["a"], tags: [""] }], "an empty tag"],
  [
    "too many tags",
    [{ tokens: [..."x".repeat(101)], tags: Array.from({ length: 101 }, (_, i) => `T${i}`) }],
    "at most 100",
  ],
])("refuses %s", async (_, items, message) => {
  await expect(learn(items)).rejects.toMatchObject({
    code: "invalid-input",
    message: expect.stringContaining(message),
  });
});

test("refuses a decoding that it does not know, and names those that it does", async () => {
  await expect(learn(entitySentences(5, 1), { decoding: "viterby" })).rejects.toMatchObject({
    code: "invalid-input",
    message: expect.stringContaining('"viterbi"'),
  });
});

test("one sentence, one word, and an empty token are enough to learn from", async () => {
  for (const tokens of [["Ada", "slept"], ["Ada"], ["", "Ada"]]) {
    const tags = tokens.map((token) => (token === "Ada" ? "B-PER" : "O"));
    const model = openHmm(await learn([{ tokens, tags }]));
    expect((await model.tagTokens([tokens, ["", "?", "Bea"]]))[0]?.tags).toEqual(tags);
  }
});

test("refuses params whose parts do not fit", () => {
  const params = entities.params as HmmParams;
  const broken: Partial<HmmParams>[] = [
    { tags: ["O"] },
    { order: 3 },
    { decoding: "greedy" as "viterbi" },
    { wordOffsets: params.wordOffsets.map((offset) => offset + 1) },
    { wordStates: params.wordStates.map(() => 200) },
    { transitions: params.transitions.map(() => 2) },
    { suffixChildren: params.suffixChildren.map(() => 1) },
    { suffixCounts: new Float32Array(1) },
    { vocabulary: [] },
  ];
  for (const part of broken) {
    const open = (): unknown => openModel({ ...entities, params: { ...params, ...part } as HmmParams });
    expect(open, Object.keys(part)[0]).toThrow(expect.objectContaining({ code: "model-damaged" }));
  }
});

test("reads a megabyte without end", async () => {
  const [{ usage }] = await openHmm(entities).tag(["Ada lives in Turin and ".repeat(50_000)]);
  expect(usage.tokens).toBe(250_000);
});
