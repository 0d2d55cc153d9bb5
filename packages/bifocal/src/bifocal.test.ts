import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type Classifier,
  contractOf,
  fingerprint,
  hasDensity,
  type Tagger,
  type TextGenerator,
  tasks,
} from "@bifocal/contracts";
import { classifierChecks, densityChecks, generatorChecks, taggerChecks } from "@bifocal/contracts/testing";
import type { CatalogEntry } from "@bifocal/core";
import { readCard, readWeights } from "@bifocal/models";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { catalog, reasons } from "./catalog.js";
import {
  encodeModel,
  lensesOf,
  listModels,
  openModel,
  type Pipeline,
  pipeline,
  readSavedModel,
  trainModel,
} from "./index.js";

const failure = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

describe.each(catalog.map((entry) => [entry.card.id, entry] as const))("%s", (_, entry) => {
  for (const { name, run } of checksFor(entry)) test(name, run);
});

function checksFor({ card: { task, paradigm }, open }: CatalogEntry) {
  if (task === "ner") return taggerChecks(async () => (await open()) as Tagger);
  if (task === "sentiment-analysis" || task === "text-classification") {
    return classifierChecks(async () => (await open()) as Classifier);
  }
  const checks = generatorChecks(async () => (await open()) as TextGenerator);
  // A generative scorer of sentences models what it reads of them, not their texts.
  if (paradigm !== "generative" || task === "summarization") return checks;
  return [
    ...checks,
    ...densityChecks(async () => {
      const model = (await open()) as TextGenerator;
      if (!hasDensity(model)) throw new Error(`${model.card.id} gives no density`);
      return model;
    }),
  ];
}

test("an embedded default answers for each task that has one, and unwraps a single text", async () => {
  const classify = await pipeline("sentiment-analysis");
  expect((await classify("A warm, funny, wonderful film.")).label).toBe("positive");
  expect((await classify(["A dull, stupid mess."]))[0]?.label).toBe("negative");
  const { entities } = await (await pipeline("token-classification"))(
    "Ada Lovelace met Charles Babbage in London on 5 June 1833.",
  );
  expect(entities.map(({ text, label }) => `${text} ${label}`)).toEqual([
    "Ada Lovelace PER",
    "Charles Babbage PER",
    "London LOC",
    "5 June 1833 DATE",
  ]);
});

test("a name that ends a text is found without a full stop, and a time of the day is one", async () => {
  const { entities } = await (await pipeline("ner"))("Tim Cook lives in Turin");
  expect(entities.map(({ text, label }) => `${text} ${label}`)).toEqual(["Tim Cook PER", "Turin LOC"]);
  const [time] = (await (await pipeline("ner"))("at 10:30")).entities;
  expect(time).toMatchObject({ text: "10:30", label: "TIME" });
});

test("the lens, the subject and the style choose among the defaults", async () => {
  expect((await openModel("sentiment-analysis", null, { paradigm: "generative" })).card.id).toBe(
    "naive-bayes-sentiment-en",
  );
  expect((await openModel("text-classification", null, { subject: "spam" })).card.id).toBe(
    "logistic-regression-spam-en",
  );
  expect((await openModel("text-generation", null, { style: "verse" })).card.id).toBe("ngram-verse-en");
  expect((await openModel("text-generation", null, { style: "verse", paradigm: "rule-based" })).card.id).toBe(
    "prompt-words",
  );
});

test("beside every learned model stands a rule-based one of its task and variant, with labels of its own, or a reason why not", async () => {
  const baselines = catalog.filter(({ card }) => card.paradigm === "rule-based");
  for (const { card, variant, open } of catalog.filter((entry) => !baselines.includes(entry))) {
    if (reasons[card.task]["rule-based"] !== undefined) continue;
    const beside = baselines.find(
      (each) => each.card.task === card.task && (each.variant === undefined || each.variant === variant),
    );
    expect(beside, card.id).toBeDefined();
    const [learned, rule] = [await open(), await beside?.open()];
    if (!("classify" in learned)) continue;
    expect(rule).toMatchObject({ labels: expect.arrayContaining([...learned.labels]) });
  }
});

describe("the embedded translator", () => {
  let translate: Pipeline<"translation">;
  beforeAll(async () => {
    translate = await pipeline("translation");
  });
  afterAll(() => translate[Symbol.asyncDispose]());

  test("says a sentence in French, and one in English", async () => {
    expect(translate.model.card).toMatchObject({ id: "m2m-translation-en-fr", languages: ["en", "fr"] });
    const french = await translate("The cat sleeps on the sofa.", { sourceLanguage: "en", targetLanguage: "fr" });
    expect(french).toMatchObject({ text: "Le chat dort sur le canapé.", finishReason: "end" });
    const english = await translate("Où est la gare ?", { sourceLanguage: "fr", targetLanguage: "en" });
    expect(english.text).toMatch(/^Where('s| is) the (train )?station\?$/);
  });

  test("reads English unless it is told otherwise, and one language is enough to tell", async () => {
    const { text } = await translate("The cat sleeps on the sofa.");
    expect((await translate("The cat sleeps on the sofa.", { targetLanguage: "fr" })).text).toBe(text);
    expect((await translate(text, { sourceLanguage: "fr" })).text).toMatch(/^The cat /);
  });

  test("says of another pair how to get a model, and of one language twice that it is no pair", async () => {
    await expect(translate("The cat sleeps.", { targetLanguage: "de" })).rejects.toEqual(
      failure("invalid-input", /targetLanguage "de".*org\/name.*folder/),
    );
    const same = { sourceLanguage: "fr", targetLanguage: "fr" };
    await expect(translate("Le chat dort.", same)).rejects.toEqual(failure("invalid-input", /both "fr"/));
  });
});

test("unknown names are answered with the nearest", async () => {
  await expect(pipeline("sentiment" as "ner")).rejects.toEqual(failure("unknown-task", /"sentiment-analysis"/));
  await expect(pipeline("ner", "crf-entity-en")).rejects.toEqual(failure("unknown-model", /"crf-entities-en"/));
  await expect(pipeline("ner", null, { dtipe: "q8" } as object)).rejects.toEqual(failure("unknown-option", /"dtype"/));
  const write = await pipeline("text-generation");
  await expect(write("x", { temprature: 1 } as object)).rejects.toEqual(failure("unknown-option", /"temperature"/));
});

test("an unknown subject, style or lens is answered with those that there are", async () => {
  await expect(pipeline("text-classification", null, { subject: "spams" } as object)).rejects.toEqual(
    failure("unknown-option", /"spam"/),
  );
  await expect(pipeline("text-generation", null, { style: "haiku" } as object)).rejects.toEqual(
    failure("unknown-option", /prose, verse, typescript/),
  );
  await expect(pipeline("ner", null, { paradigm: "magic" } as object)).rejects.toEqual(
    failure("invalid-input", /discriminative, generative, rule-based/),
  );
  await expect(pipeline("translation", null, { paradigm: "generative" })).rejects.toEqual(
    failure("no-model", /noisyChannel/),
  );
});

test("entities are marked through the other lens too, which says how likely a text is", async () => {
  const recognize = await pipeline("ner", null, { paradigm: "generative" });
  const { entities, model } = await recognize("Ada Lovelace met Charles Babbage in London.");
  expect(model).toBe("hmm-entities-en-ewt");
  expect(entities.map(({ text, label }) => [text, label])).toContainEqual(["London", "LOC"]);
  await using tagger = await openModel("ner", model);
  if (!hasDensity(tagger)) throw new Error("it gives no density");
  const [usual, odd] = await tagger.logProbability(["She lives in London.", "in London She lives."]);
  expect(usual?.logProbability).toBeGreaterThan(odd?.logProbability ?? 0);
});

test("every classifier answers for text classification, and no other for sentiment", async () => {
  const classify = await pipeline("text-classification", "naive-bayes-sentiment-en");
  expect((await classify("A warm, funny, wonderful film.")).label).toBe("positive");
  await expect(pipeline("sentiment-analysis", "naive-bayes-spam-en")).rejects.toEqual(
    failure("wrong-task", /naive-bayes-spam-en is a model for text-classification/),
  );
});

test("a model of another task, a missing path and what is no text are refused", async () => {
  await expect(pipeline("ner", "naive-bayes-spam-en")).rejects.toEqual(failure("wrong-task", /text-classification/));
  await expect(pipeline("ner", "./no/such/model")).rejects.toEqual(failure("unknown-model", /path/));
  const [number, mixed]: unknown[] = [3, ["a", null]];
  const classify = await pipeline("sentiment-analysis");
  await expect(classify(number as string)).rejects.toEqual(failure("invalid-input", /number/));
  await expect(classify(mixed as string[])).rejects.toEqual(failure("invalid-input", /Item 1/));
});

test("an aborted call is refused, and `await using` closes", async () => {
  await using classify = await pipeline("sentiment-analysis");
  await expect(classify("x", { signal: AbortSignal.abort() })).rejects.toEqual(failure("aborted", /aborted/));
});

test("a stream gives the text that a call gives", async () => {
  const write = await pipeline("text-generation", null, { style: "prose" });
  let streamed = "";
  for await (const { text } of write.stream("The old prince", { seed: 3 })) streamed += text;
  expect(streamed).toBe((await write("The old prince", { seed: 3 })).text);
});

test("the embedded network writes prose, the same for the same seed, and says how likely a text is", async () => {
  await using write = await pipeline("text-generation", "gpt2-prose-en");
  const options = { seed: 3, maxNewTokens: 12 };
  const [first, again] = [await write("The old prince", options), await write("The old prince", options)];
  expect(first.text).toBe(again.text);
  expect(first.tokens).toBeLessThanOrEqual(12);
  expect((await write("The old prince", { ...options, seed: 4 })).text).not.toBe(first.text);
  if (!hasDensity(write.model)) throw new Error("a writer is a density");
  const [prose, shuffled] = await write.model.logProbability([
    "The prince looked at her.",
    "looked at prince her. The",
  ]);
  expect(prose?.logProbability).toBeGreaterThan(shuffled?.logProbability ?? 0);
  expect(prose).toMatchObject({ bytes: 25, over: "text" });
});

test("the default writer of prose is the one with the fewest bits per byte on the same paragraphs", async () => {
  const figures = catalog
    .filter(({ card, variant }) => variant === "prose" && card.paradigm === "generative")
    .map(({ card }) => readCard(card.id).measured.find(({ metric }) => metric === "bits per byte"));
  expect(figures.length).toBeGreaterThan(1);
  expect(new Set(figures.map((figure) => `${figure?.on}, ${figure?.items}`)).size).toBe(1);
  const values = figures.map((figure) => figure?.value ?? Number.NaN);
  expect(values[0]).toBe(Math.min(...values));
});

test("a trained model opens from its file, by path", async () => {
  const items = [
    { text: "good", label: "up" },
    { text: "bad", label: "down" },
  ];
  const file = join(mkdtempSync(join(tmpdir(), "bifocal-")), "mine.bifocal");
  writeFileSync(file, encodeModel(await trainModel("naive-bayes", items, { id: "mine" })));
  const classify = await pipeline("text-classification", file);
  expect((await classify("good")).label).toBe("up");
  expect(classify.model.trainingTexts?.size).toBe(2);
});

describe("the embedded encoders", () => {
  test("tell praise from blame", async () => {
    await using classify = await pipeline("sentiment-analysis", "encoder-sentiment-en");
    const results = await classify([
      "A warm, funny, wonderful film.",
      "A dull, stupid mess.",
      "a dull , stupid mess .",
    ]);
    expect(results.map(({ label }) => label)).toEqual(["positive", "negative", "negative"]);
    expect(results[1]?.score).toBe(results[2]?.score);
  });

  test("mark people and places where they stand", async () => {
    await using mark = await pipeline("ner", "encoder-entities-en");
    const text = "Yesterday John Smith flew from London to New York.";
    const { entities } = await mark(text);
    expect(entities.map(({ label, start, end }) => `${text.slice(start, end)} ${label}`)).toEqual([
      "John Smith PER",
      "London LOC",
      "New York LOC",
    ]);
  });

  test.each([
    ["sentiment-analysis", "encoder-sentiment-en", "accuracy", "logistic-regression-sentiment-en"],
    ["ner", "encoder-entities-en", "exact-match F1", "entities-en"],
  ] as const)(
    "are the default of %s where they are better on the same items, and only there",
    async (task, id, metric, other) => {
      const figures = readCard(id).measured.filter((figure) => figure.metric === metric);
      const beside = figures.find(({ baseline }) => baseline !== undefined && !baseline.model.startsWith("in 32 bits"));
      const better = (beside?.value ?? Number.NaN) > (beside?.baseline?.value ?? Number.NaN);
      await using model = await openModel(task, null);
      expect(model.card.id).toBe(better ? id : other);
    },
  );

  test.each(["encoder-sentiment-en", "encoder-entities-en"])("%s loses less than half a point by its 8 bits", (id) => {
    const inFull = readCard(id).measured.filter(({ baseline }) => baseline?.model.startsWith("in 32 bits"));
    expect(inFull).toHaveLength(1);
    for (const { value, baseline } of inFull) expect(Math.abs(value - (baseline?.value ?? 0))).toBeLessThan(0.005);
  });
});

test("an embedded network has no model file, and says where its files are", async () => {
  await expect(readSavedModel("m2m-translation-en-fr")).rejects.toEqual(
    failure("unsupported", /ONNX files.*m2m-translation-en-fr/),
  );
});

test("a file that is no model, or cut short, is refused by its name", async () => {
  const folder = mkdtempSync(join(tmpdir(), "bifocal-"));
  const weights = await readWeights("naive-bayes-review-en");
  for (const [name, bytes] of [
    ["empty.bifocal", new Uint8Array()],
    ["cut.bifocal", weights.subarray(0, weights.length - 9)],
    ["text.bifocal", new TextEncoder().encode("no model at all, but a text that is long enough")],
  ] as const) {
    const file = join(folder, name);
    writeFileSync(file, bytes);
    await expect(pipeline("text-classification", file)).rejects.toEqual(
      failure("model-damaged", new RegExp(`${name} is not a whole Bifocal model`)),
    );
  }
});

test("a megabyte without a space is answered by every embedded classifier", async () => {
  const text = "a".repeat(1_000_000);
  for (const { card, open } of catalog) {
    if (card.id.startsWith("wink") || card.id.startsWith("natural") || contractOf[card.task] !== "classifier") continue;
    const model = (await open()) as Classifier;
    expect(await model.classify([text])).toHaveLength(1);
  }
});

test("each task has three lenses: models, or the reason why there are none", () => {
  for (const task of tasks) {
    for (const { models, reason } of lensesOf(task)) expect(models.length > 0 || (reason ?? "").length > 10).toBe(true);
  }
  expect(lensesOf("sentiment-analysis", "it").flatMap(({ models }) => models)).toEqual(["natural-sentiment-it"]);
  expect(lensesOf("text-generation", "it").flatMap(({ models }) => models)).toEqual(["prompt-words"]);
  expect(
    listModels()
      .filter((each) => each.default)
      .map(({ card }) => card.task)
      .sort(),
  ).toEqual([...tasks].sort());
});

const spamTest = fileURLToPath(new URL("../../../../shared/data/sms-spam/test.jsonl", import.meta.url));

test.skipIf(!existsSync(spamTest))(
  "the shipped spam models reach a macro-F1 of 0.96 on texts that they have not seen (needs ../shared/data)",
  async () => {
    const items = readFileSync(spamTest, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { text: string; label: string });
    for (const paradigm of ["discriminative", "generative"] as const) {
      const model = await openModel("text-classification", null, { subject: "spam", paradigm });
      const unseen = items.filter(({ text }) => !model.trainingTexts?.has(fingerprint(text)));
      expect(unseen.length).toBeGreaterThan(1000);
      const found = await model.classify(unseen.map(({ text }) => text));
      const pairs = unseen.map(({ label }, i) => [label, found[i]?.label] as const);
      expect((f1("spam", pairs) + f1("ham", pairs)) / 2).toBeGreaterThanOrEqual(0.96);
    }
  },
);

/** F1 of one label over pairs of what is and what was answered. */
function f1(label: string, pairs: readonly (readonly [string, string | undefined])[]): number {
  const both = pairs.filter(([gold, found]) => gold === label && found === label).length;
  const either = pairs.filter(([gold]) => gold === label).length + pairs.filter(([, found]) => found === label).length;
  return (2 * both) / either;
}
