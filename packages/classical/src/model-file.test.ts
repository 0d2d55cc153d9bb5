import { expect, test } from "vitest";
import { openModelFile } from "./learners.js";
import { decodeModel, encodeModel } from "./model-file.js";

const model = {
  card: {
    id: "m",
    task: "text-classification",
    paradigm: "generative",
    family: "f",
    languages: [],
    licence: "MIT",
    source: "here",
    trainedOn: [],
  },
  params: { kind: "k", version: 1, weights: Float32Array.of(0.5, -1, 3), names: ["a", "b\n"] },
  trainingTexts: Uint32Array.of(1, 2),
} as const;

test("a model file reads back as what was written, from a Buffer as from plain bytes", () => {
  const file = encodeModel(model);
  expect(decodeModel(file)).toEqual(model);
  expect(decodeModel(Buffer.from(Buffer.concat([Buffer.from("x"), file]).subarray(1)))).toEqual(model);
});

test("a file that is cut short or altered is refused", () => {
  const file = encodeModel(model);
  const altered = file.slice();
  altered[30] = (altered[30] ?? 0) ^ 1;
  for (const bad of [file.subarray(0, 10), file.subarray(0, -1), altered])
    expect(() => decodeModel(bad, "x.bifocal")).toThrow(/x\.bifocal is not a whole Bifocal model/);
});

test("a file of a later format, or a model of a later or unknown kind, asks for an update", () => {
  const later = encodeModel(model);
  new DataView(later.buffer).setUint32(8, 2, true);
  const tooNew = expect.objectContaining({ code: "model-too-new" });
  expect(() => decodeModel(later)).toThrow(tooNew);
  expect(() => openModelFile(encodeModel(model))).toThrow(tooNew);
  const params = { ...model.params, kind: "naive-bayes", version: 99 };
  expect(() => openModelFile(encodeModel({ ...model, params }))).toThrow(tooNew);
});

test("a header that carries __proto__ is refused, and touches no prototype", () => {
  const params = JSON.parse('{"kind":"k","version":1,"nested":{"__proto__":{"polluted":true}}}');
  const file = encodeModel({ ...model, params });
  expect(() => decodeModel(file)).toThrow(expect.objectContaining({ code: "model-damaged" }));
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
});

test("quantized weights are within half a step of what was learned", () => {
  const weights = Float32Array.from({ length: 200 }, (_, i) => Math.sin(i) * (i % 2 === 0 ? 1 : 10));
  const file = encodeModel(
    { ...model, params: { ...model.params, weights } as typeof model.params },
    { quantize: { weights: 2 } },
  );
  const read = (decodeModel(file).params as typeof model.params).weights;
  for (const [i, weight] of weights.entries()) {
    expect(Math.abs((read[i] ?? 0) - weight)).toBeLessThanOrEqual((i % 2 === 0 ? 1 : 10) / 127 / 2 + 1e-6);
  }
});
