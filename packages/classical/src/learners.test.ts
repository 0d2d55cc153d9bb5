import { type Classifier, fingerprint, seededRandom, type Tagger, type TextGenerator } from "@bifocal/contracts";
import { expect, test } from "vitest";
import type { LabelledText, PlainText, SummarizedText, TaggedSentence, TrainingItems } from "./learner.js";
import { checkSettings, learnerNamed, learners, openModel, openModelFile, textOfItem, trainModel } from "./learners.js";
import { encodeModel, type SavedModel } from "./model-file.js";
import { sampleItems } from "./testing/sample-items.js";

const labelled: readonly LabelledText[] = [
  { text: "a warm film", label: "positive" },
  { text: "a half \ud83d character is good", label: "positive" },
  { text: "A cold film", label: "negative" },
  { text: "a  cold FILM", label: "negative" },
];
const tagged: readonly TaggedSentence[] = [
  { tokens: ["Ada", "lives", "in", "Turin", "."], tags: ["B-PER", "O", "O", "B-LOC", "O"] },
  { tokens: ["Rome", "is", "old"], tags: ["B-LOC", "O", "O"] },
];
const plain: readonly PlainText[] = [
  { text: "Once upon a time there was a cat. The cat sat." },
  { text: "A cat sat." },
];

const summarized: readonly SummarizedText[] = [
  { text: "It rained. We show that cats purr in the rain. Dogs slept.", summaries: ["Cats purr in the rain."] },
  { text: "We show that dogs sleep. It was late.", summaries: ["Dogs sleep."] },
];

const itemsOf: Readonly<Record<keyof TrainingItems, readonly TrainingItems[keyof TrainingItems][]>> = {
  "labelled-texts": labelled,
  "tagged-sentences": tagged,
  texts: plain,
  "summarized-texts": summarized,
};

test.each(Object.entries(learners))(
  "%s goes by its name, and its defaults are within their ranges",
  (name, learner) => {
    expect(learner.name).toBe(name);
    expect(learnerNamed(name)).toBe(learner);
    expect(learner.tasks.length).toBeGreaterThan(0);
    const defaults = Object.fromEntries(
      Object.entries(learner.settings).map(([key, { default: value }]) => [key, value]),
    );
    expect(checkSettings(learner, {})).toEqual(defaults);
  },
);

test.each(Object.values(learners))("$name answers the same once saved and loaded", async ({ name, reads, tasks }) => {
  const trained = await trainModel(name, itemsOf[reads], { id: "mine", trainedOn: ["some set"], licence: "CC-BY-4.0" });
  const [before, after] = [openModel(trained), openModelFile(encodeModel(trained))];
  expect(after.card).toEqual(before.card);
  expect(after.card).toMatchObject({ id: "mine", task: tasks[0], licence: "CC-BY-4.0", trainedOn: ["some set"] });
  expect(new Set(after.trainingTexts)).toEqual(new Set(itemsOf[reads].map((item) => fingerprint(textOfItem(item)))));
  const texts = ["A warm cat lives in Turin.", "half \ud83d", "", "\udc00"];
  expect(await answers(after, texts)).toEqual(await answers(before, texts));
});

function answers(model: Classifier | Tagger | TextGenerator, texts: readonly string[]): Promise<readonly unknown[]> {
  if ("classify" in model) return model.classify(texts);
  return "tag" in model ? model.tag(texts) : model.generate(texts, { maxNewTokens: 10, seed: 1 });
}

test("fingerprints are kept sorted, and texts that differ by case and space count once", async () => {
  const { trainingTexts } = await trainModel("naive-bayes", labelled, { id: "mine" });
  expect(trainingTexts).toHaveLength(3);
  expect([...trainingTexts]).toEqual([...trainingTexts].sort((a, b) => a - b));
  expect(textOfItem({ tokens: ["Ada", "lives"], tags: ["B-PER", "O"] })).toBe("Ada lives");
});

test.each([
  ["naive-baise", '"naive-bayes"'],
  ["logistic", '"logistic-regression"'],
  ["__proto__", "There are: "],
  ["constructor", "There are: "],
])("the unknown learner %s is answered with %s", async (name, hint) => {
  const train = () => trainModel(name, labelled, { id: "mine" });
  await expect(train()).rejects.toMatchObject({ code: "unknown-model", message: expect.stringContaining(hint) });
});

test("a learner is not trained for a task that it cannot learn, and says which it can", async () => {
  const train = () => trainModel("naive-bayes", labelled, { id: "mine", task: "ner" });
  await expect(train()).rejects.toMatchObject({
    code: "wrong-task",
    message: "naive-bayes cannot learn ner; it learns text-classification and sentiment-analysis.",
  });
  const { card } = await trainModel("naive-bayes", labelled, { id: "mine", task: "sentiment-analysis" });
  expect(card.task).toBe("sentiment-analysis");
});

test.each([
  [{ smothing: 1 }, "unknown-option", 'Did you mean "smoothing"?'],
  [{ toString: 1 }, "unknown-option", "naive-bayes has no setting"],
  [{ smoothing: 0 }, "invalid-input", "smoothing must be a number above 0, to 1000."],
  [{ smoothing: "1" }, "invalid-input", "smoothing must be a number"],
  [{ ngrams: 1.5 }, "invalid-input", "ngrams must be a whole number from 0 to 5."],
  [{ withoutAddresses: "yes" }, "invalid-input", "withoutAddresses must be true or false."],
])("the settings %j are refused", async (settings, code, message) => {
  const train = trainModel("naive-bayes", labelled, { id: "mine", settings });
  await expect(train).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
});

test("the card says what it takes to make the model again", async () => {
  const options = { id: "mine", settings: { smoothing: 2 }, seed: 7 };
  const { training } = (await trainModel("naive-bayes", labelled, options)).card;
  expect(training).toMatchObject({ learner: "naive-bayes", seed: 7, items: 4, settings: { smoothing: 2, ngrams: 2 } });
  expect(training?.version).toMatch(/^\d+\.\d+\.\d+/);
  const { seed, settings } = (await trainModel("crf", tagged, { id: "mine", seed: 7 })).card.training ?? {};
  expect({ seed, own: settings?.seed }).toEqual({ seed: 7, own: 7 });
});

test.each([0, -1, 1e-300, 1e300, Number.NaN, Number.POSITIVE_INFINITY])(
  "an item cannot have the weight %d",
  async (weight) => {
    const items = [...labelled, { text: "odd", label: "positive", weight }];
    await expect(trainModel("naive-bayes", items, { id: "mine" })).rejects.toMatchObject({
      code: "invalid-input",
      message: expect.stringContaining(`Item 5 has the weight ${weight}`),
    });
  },
);

test.each([
  [{ seed: -1.5 }, "seed must be"],
  [{ workers: 0 }, "workers must be"],
  [{ patience: Number.NaN }, "patience must be"],
  [{ dev: [] }, "dev holds no items"],
])("a training with %j is refused", async (options, message) => {
  const training = trainModel("naive-bayes", labelled, { id: "mine", ...options });
  await expect(training).rejects.toMatchObject({ code: "invalid-input" });
  await expect(training).rejects.toThrow(message);
});

test("what a training does not know is refused, with what is near, and so is what are no options", async () => {
  const train = (options: object) => trainModel("naive-bayes", labelled, options as Parameters<typeof trainModel>[2]);
  await expect(train({ id: "mine", sed: 3 })).rejects.toMatchObject({
    code: "unknown-option",
    message: expect.stringContaining('trainModel has no option "sed". Did you mean "seed"'),
  });
  await expect(train(undefined as unknown as object)).rejects.toMatchObject({ code: "invalid-input" });
});

test("a complement's smoothing may be as small as it likes", async () => {
  const settings = { event: "complement", smoothing: 1e-20 };
  const model = openModel(await trainModel("naive-bayes", labelled, { id: "mine", settings })) as Classifier;
  const results = await model.classify(["a warm film", "cold", "nothing known", ""]);
  for (const { scores } of results) for (const { score } of scores) expect(Number.isFinite(score)).toBe(true);
});

test.each(Object.values(learners))("$name learns nothing from nothing, and says so", async ({ name }) => {
  await expect(trainModel(name, [], { id: "mine" })).rejects.toMatchObject({ code: "invalid-input" });
});

const trained = await trainModel("naive-bayes", labelled, { id: "mine" });

test.each([
  ["a later version", { version: 99 }],
  ["an unknown kind", { kind: "oracle" }],
  ["a kind that every object has", { kind: "constructor" }],
])("params of %s are refused as too new", (_, change) => {
  const later: SavedModel = { ...trained, params: { ...trained.params, ...change } };
  for (const open of [() => openModel(later), () => openModelFile(encodeModel(later), "x.bifocal")])
    expect(open).toThrow(expect.objectContaining({ code: "model-too-new" }));
});

test("params of a version that is no longer read are refused, with what to do", async () => {
  const network = await trainModel("bayesian-network", sampleItems["labelled-texts"], { id: "mine" });
  expect(() => openModel({ ...network, params: { ...network.params, version: 1 } })).toThrow(
    expect.objectContaining({ code: "model-damaged", message: expect.stringContaining("train it again") }),
  );
  const earlier: SavedModel = { ...trained, params: { ...trained.params, version: 1 } };
  expect(() => openModelFile(encodeModel(earlier), "x.bifocal")).toThrow(
    expect.objectContaining({ code: "model-damaged", message: expect.stringContaining("train it again") }),
  );
});

test.each(Object.values(learners))("a $name model that lacks a part is refused as damaged", async ({ name, reads }) => {
  const whole = await trainModel(name, itemsOf[reads], { id: "mine" });
  for (const part of Object.keys(whole.params)) {
    if (part === "kind" || part === "version") continue;
    const { [part]: _, ...rest } = { ...whole.params } as Record<string, unknown>;
    const lacking = { ...whole, params: { ...rest, kind: whole.params.kind, version: whole.params.version } };
    expect(() => openModel(lacking), `without ${part}`).toThrow(expect.objectContaining({ code: "model-damaged" }));
  }
});

test("a linear model with a weight that is no number is refused as damaged", async () => {
  const whole = await trainModel("linear-svm", labelled, { id: "mine" });
  for (const part of ["weights", "bias"] as const)
    for (const odd of [Number.NaN, Number.NEGATIVE_INFINITY]) {
      const params = structuredClone(whole.params) as typeof whole.params & Record<typeof part, Float32Array>;
      params[part][0] = odd;
      expect(() => openModel({ ...whole, params })).toThrow(expect.objectContaining({ code: "model-damaged" }));
    }
});

test.each(["linear-svm", "averaged-perceptron", "nbsvm"])(
  "%s is calibrated at whichever iteration dev items choose",
  async (name) => {
    const items = sampleItems["labelled-texts"].filter(({ label }) => label !== "sport");
    const options = { id: "mine", settings: { calibration: "platt" }, dev: items.slice(0, 9), patience: 0 } as const;
    const trained = await trainModel(name, items, options);
    expect(openModel(trained)).toMatchObject({ scoreKind: "probability" });
    expect(trained.card.training?.dev?.metric).toBe("logLoss");
  },
);

/** So many that outputs are trained one by one, in threads where there are several. */
function manyTexts(): LabelledText[] {
  const random = seededRandom(3);
  return Array.from({ length: 1900 }, (_, i) => {
    const label = i % 6;
    const word = () => `w${Math.floor(random() ** 2 * 400) * 6 + (random() < 0.3 ? label : Math.floor(6 * random()))}`;
    return { text: Array.from({ length: 100 }, word).join(" "), label: `label ${label}` };
  });
}

test.each(["linear-svm", "logistic-regression"])(
  "%s learns the same file from many texts with any number of workers, judged by dev items or not",
  async (name) => {
    const items = manyTexts();
    const dev = items.slice(0, 60);
    const settings = {
      ngrams: 1,
      tolerance: 0.05,
      ...(name === "logistic-regression" && { multiclass: "one-vs-rest" }),
    };
    for (const judged of [{}, { dev, patience: 1 }]) {
      const [one, two] = await Promise.all(
        [1, 2].map((workers) => trainModel(name, items, { id: "many", settings, workers, ...judged })),
      );
      expect(Buffer.from(encodeModel(two)).equals(Buffer.from(encodeModel(one)))).toBe(true);
      if (!("dev" in judged)) expect(one.card.training?.iterations).toBe(6);
    }
  },
);
