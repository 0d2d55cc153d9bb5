import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Classifier } from "@bifocal/contracts";
import { awkwardTexts } from "@bifocal/contracts/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { nearOnnxRuntime, onnxRuntime as runtime, type Session } from "../../testing/onnx-runtime.js";
import { openModel, trainModel } from "../learners.js";
import { decodeModel, type SavedModel } from "../model-file.js";
import { exportOnnx } from "./export-onnx.js";

const packages = new URL("../../../", import.meta.url);

const embedded = ["sentiment", "topic", "review", "spam"].flatMap((subject) => [
  `logistic-regression-${subject}-en`,
  `naive-bayes-${subject}-en`,
]);

function readEmbedded(id: string): SavedModel {
  return decodeModel(readFileSync(new URL(`models/${id}/model.bifocal`, packages)));
}

function openSession(model: SavedModel, symbols?: string): Promise<Session> {
  return runtime.InferenceSession.create(exportOnnx(model, { ...(symbols && { symbols }) }), { logSeverityLevel: 3 });
}

/** The scores of each text in the order of the model's labels, and the label that is decided for. */
async function runOnnx(session: Session, texts: readonly string[]) {
  const { labels, ...scores } = await session.run({ texts: new runtime.Tensor("string", texts, [texts.length]) });
  const [{ dims, data }] = Object.values(scores);
  expect(dims[0]).toBe(texts.length);
  return texts.map((_, i) => ({
    label: labels.data[i],
    scores: Array.from({ length: dims[1] }, (_, k) => Number(data[i * dims[1] + k])),
  }));
}

async function expectSame(session: Session, model: Classifier, texts: readonly string[]): Promise<void> {
  const found = await runOnnx(session, texts);
  for (const [i, own] of (await model.classify(texts)).entries()) {
    const scores = model.labels.map((label) => own.scores.find((each) => each.label === label)?.score ?? Number.NaN);
    const apart = Math.max(...scores.map((score, k) => Math.abs(score - found[i].scores[k])));
    expect(apart, JSON.stringify(texts[i])).toBeLessThan(1e-5);
    const [first, second] = own.scores;
    if (first.score - second.score > 1e-5) expect(found[i].label).toBe(own.label);
  }
}

// The runtime's binding for Node cuts a text at NUL.
const texts = [
  ...awkwardTexts.filter((text) => !text.includes("\0")),
  "A warm, funny, wonderful film.",
  "WIN a £1000 prize!!! Call 09061701461 now — claim at www.prize.example or http://prize.example/x?a=1.",
  "From: ann@example.org (Ann)\r\nSubject: Re: the space-shuttle's “orbit”…\r\n\r\n>> I think it isn't; do you?\t:-)",
  "love😍it, café-crème, ÉTÉ and Straße",
];

test.each(embedded)("%s gives the same labels and probabilities in ONNX Runtime, in a batch and alone", async (id) => {
  const saved = readEmbedded(id);
  const model = openModel(saved) as Classifier;
  const session = await openSession(saved);
  await expectSame(session, model, texts);
  for (const text of texts.slice(-4)) await expectSame(session, model, [text]);
  expect(await runOnnx(session, [])).toEqual([]);
});

const reviews = [
  ["a good film, really good", "up"],
  ["good fun — the café scene isn't bad; good!", "up"],
  ["bad film: http is bad, really bad", "down"],
  ["not good, www isn't a film. bad_1 ★", "down"],
  ["a film of 3 hours, neither good nor bad", "neither"],
  ["neither here nor there a://b c@d", "neither"],
].map(([text, label]) => ({ text, label }));

/** Pieces of text that tokenizers and addresses are made of. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(..."good bad film a b http www éÉK @ : / . :// www. ' - _ 1 ★ — café CAFÉ İ 東京 😍".split(" ")),
      fc.constantFrom(" ", "\n", "\t", "\u00a0", "\u3000"),
      fc.string({ unit: fc.integer({ min: 1, max: 0x7e }).map((code) => String.fromCharCode(code)), maxLength: 6 }),
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(""))
  // The graph takes a letter beyond ASCII with the name of a scheme that it touches.
  .filter((text) => !/\P{ASCII}\w+:\/\//u.test(text));

test.each([
  ["naive-bayes", { ngrams: 3, values: "count" }],
  ["naive-bayes", { ngrams: 2, withoutAddresses: true }],
  ["naive-bayes", { event: "bernoulli", inverseDocumentFrequency: true }],
  ["naive-bayes", { event: "complement", values: "logarithm", normalizeWeights: true }],
  ["logistic-regression", { ngrams: 2, values: "logarithm", inverseDocumentFrequency: true, scaleRows: true }],
  ["linear-svm", { ngrams: 2, scaleRows: true }],
  ["linear-svm", { calibration: "platt" }],
  ["linear-svm", { calibration: "isotonic" }],
  ["linear-svm", { calibration: "temperature" }],
  ["logistic-regression", { multiclass: "one-vs-rest" }],
  ["logistic-regression", { ngrams: 3, withoutAddresses: true, scaleRows: true, iterations: 20 }],
])("%s with %j scores any text of known symbols as its graph does", async (learner, settings) => {
  const saved = await trainModel(learner, reviews, { id: "mine", settings });
  const model = openModel(saved) as Classifier;
  const session = await openSession(saved);
  await fc.assert(
    fc.asyncProperty(fc.array(anyText, { minLength: 1, maxLength: 5 }), (given) => expectSame(session, model, given)),
    { numRuns: 60 },
  );
});

test("ONNX Runtime finds nothing in a graph to warn of", () => {
  const script = `
    const { InferenceSession } = require("node:module").createRequire(${JSON.stringify(nearOnnxRuntime)})("onnxruntime-node");
    InferenceSession.create(require("node:fs").readFileSync(0)).then(() => console.log("open"));`;
  const input = exportOnnx(readEmbedded("naive-bayes-spam-en"));
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", script], { input, encoding: "utf8" });
  expect({ stdout, stderr }).toEqual({ stdout: "open\n", stderr: "" });
});

test.each(["none", "platt", "isotonic", "temperature"])(
  "two labels that share an output, calibration %s, have the margins or probabilities of their own in ONNX Runtime",
  async (calibration) => {
    const two = reviews.filter(({ label }) => label !== "neither").flatMap((each) => [each, each]);
    const saved = await trainModel("linear-svm", two, { id: "mine", settings: { calibration } });
    await expectSame(await openSession(saved), openModel(saved) as Classifier, texts);
  },
);

test("a symbol that is not known hides the words that it touches, unless it is named at the export", async () => {
  const saved = await trainModel("naive-bayes", reviews, { id: "mine" });
  const model = openModel(saved) as Classifier;
  const [plain, named] = [await openSession(saved), await openSession(saved, "→")];
  await expectSame(plain, model, ["good → bad"]);
  await expectSame(named, model, ["good→bad→good"]);
  expect(await runOnnx(plain, ["good→bad"])).toEqual(await runOnnx(plain, ["zzz"]));
});

test("what no linear function of words is cannot be exported", async () => {
  const writer = await trainModel("ngram", [{ text: "one two three" }, { text: "one two" }], { id: "writer" });
  const gaussian = await trainModel("naive-bayes", reviews, { id: "mine", settings: { event: "gaussian" } });
  const others = [{ longestCharacters: 3 }, { hashBits: 10 }, { tokenizer: "wink" }].map((settings) =>
    trainModel("naive-bayes", reviews, { id: "mine", settings }),
  );
  for (const model of [writer, gaussian, ...(await Promise.all(others))])
    expect(() => exportOnnx(model)).toThrow(expect.objectContaining({ code: "unsupported" }));
});
