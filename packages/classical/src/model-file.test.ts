import { expect, test } from "vitest";
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
