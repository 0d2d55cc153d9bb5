import { readFileSync } from "node:fs";
import { crc32 } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeModel, encodeModel, type SavedModel } from "./model-file.js";

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

const damaged = expect.objectContaining({ code: "model-damaged" });
const tooNew = expect.objectContaining({ code: "model-too-new" });

/** A file with another header, as someone would forge it: its checksum fits. */
function forged(change: (header: string) => string): Uint8Array {
  const file = encodeModel(model);
  const view = new DataView(file.buffer);
  const length = view.getUint32(12, true);
  const header = new TextEncoder().encode(change(new TextDecoder().decode(file.subarray(24, 24 + length))));
  const payload = file.subarray(24 + ((length + 7) & ~7));
  const whole = new Uint8Array(24 + ((header.length + 7) & ~7) + payload.length);
  whole.set(file.subarray(0, 24));
  whole.set(header, 24);
  whole.set(payload, whole.length - payload.length);
  const wholeView = new DataView(whole.buffer);
  wholeView.setUint32(12, header.length, true);
  wholeView.setUint32(16, crc32(whole.subarray(24)), true);
  return whole;
}

test("a model file reads back as what was written, from a Buffer as from plain bytes", () => {
  const file = encodeModel(model);
  expect(decodeModel(file)).toEqual(model);
  expect(decodeModel(Buffer.from(Buffer.concat([Buffer.from("x"), file]).subarray(1)))).toEqual(model);
});

test("arrays, long and short lists of strings and plain values read back as they were", () => {
  const params = fc.record({
    floats: fc.float32Array(),
    counts: fc.uint32Array(),
    names: fc.array(fc.string({ unit: "binary" }), { maxLength: 100 }),
    many: fc.array(fc.constantFrom("", "\\n", "a\nb", "\ud800"), { minLength: 65, maxLength: 70 }),
    plain: fc.record({ ngrams: fc.nat(), on: fc.boolean(), name: fc.string({ unit: "binary" }) }),
  });
  fc.assert(
    fc.property(params, (learned) => {
      const whole = { ...model, params: { ...learned, kind: "k", version: 1 } };
      expect(decodeModel(encodeModel(whole))).toEqual(whole);
    }),
  );
});

test("the same model gives the same bytes", () => {
  expect(encodeModel(model)).toEqual(encodeModel(model));
});

test("a file cut short at any length is refused", () => {
  const file = encodeModel(model);
  for (let length = 0; length < file.length; length++)
    expect(() => decodeModel(file.subarray(0, length)), `cut to ${length} bytes`).toThrow(damaged);
});

test("a file with any bit flipped is refused", () => {
  const file = encodeModel(model);
  for (let at = 0; at < file.length; at++) {
    for (let bit = 0; bit < 8; bit++) {
      const altered = file.slice();
      altered[at] ^= 1 << bit;
      // A flip in the version's own bytes may read as a later version.
      const refusal =
        at >= 8 && at < 12 ? expect.objectContaining({ code: expect.stringMatching(/^model-/) }) : damaged;
      expect(() => decodeModel(altered), `bit ${bit} of byte ${at}`).toThrow(refusal);
    }
  }
});

test("errors call the file by its name", () => {
  expect(() => decodeModel(new Uint8Array(), "x.bifocal")).toThrow(/^x\.bifocal is not a whole Bifocal model/);
});

test("a file of a later format is refused as too new, whatever else is in it", () => {
  const file = encodeModel(model);
  new DataView(file.buffer).setUint32(8, 2, true);
  expect(() => decodeModel(file.subarray(0, 40), "x.bifocal")).toThrow(tooNew);
  expect(() => decodeModel(file, "x.bifocal")).toThrow("x.bifocal has file format 2, which this version cannot read.");
});

test("a forged header is read as the plain data that it is", () => {
  const renamed = decodeModel(forged((header) => header.replace('"id":"m"', '"id":"other"')));
  expect(renamed).toEqual({ ...model, card: { ...model.card, id: "other" } });
});

test.each([
  ["__proto__ among the params", ['"kind":"k"', '"kind":"k","__proto__":{"polluted":true}']],
  ["__proto__ in the card", ['"id":"m"', '"id":"m","__proto__":{"polluted":true}']],
  ["constructor", ['"kind":"k"', '"kind":"k","constructor":{"prototype":{"polluted":true}}']],
  ["a block of the name __proto__", ['"name":"weights"', '"name":"__proto__"']],
  ["a block of the name of a param", ['"name":"weights"', '"name":"kind"']],
  ["two blocks of a name", ['"name":"weights"', '"name":"trainingTexts"']],
  ["no kind", ['"kind":"k"', '"kind":7']],
  ["no version", ['"version":1', '"version":"1"']],
  ["no id", ['"id":"m"', '"id":null']],
  ["a task that does not exist", ['"task":"text-classification"', '"task":"telepathy"']],
  ["no blocks", ['"blocks":[', '"blocks":7,"rest":[']],
  ["no card", ['{"card":', '{"cart":']],
  ["a block outside of the file", ['"offset":0', '"offset":4000000']],
  ["a header that is no JSON", ['{"card"', '{card"']],
])("a header with %s is refused, and no object is touched", (_, [from, to]) => {
  const file = forged((header) => {
    expect(header).toContain(from);
    return header.replace(from, to);
  });
  expect(() => decodeModel(file)).toThrow(damaged);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test("quantized weights lie in a byte each, and read back near", () => {
  const weights = Float32Array.from({ length: 1000 }, (_, i) => Math.sin(i));
  const whole = { ...model, params: { kind: "k", version: 1, weights } };
  const file = encodeModel(whole, { quantize: { weights: 2 } });
  expect(encodeModel(whole).length - file.length).toBeGreaterThan(2800);
  const back = decodeModel(file).params as typeof whole.params;
  for (const [i, weight] of weights.entries()) expect(Math.abs(back.weights[i] - weight)).toBeLessThan(0.5 / 126);
});

test("the guide's worked example is what is written", () => {
  const guide = readFileSync(new URL("../../../docs/guides/model-files.md", import.meta.url), "utf8");
  const rows = guide.match(/^[0-9a-f]{4} {2}(?:[0-9a-f]{2} )+/gm) ?? [];
  const bytes = rows.flatMap((row) =>
    row
      .slice(6, 6 + 47)
      .trim()
      .split(" "),
  );
  const file = encodeModel({
    card: { ...model.card, id: "tiny", family: "example", languages: ["en"], source: "this guide" },
    params: {
      kind: "example",
      version: 1,
      labels: ["no", "yes"],
      bias: Float32Array.of(0.5, -0.25),
      counts: Uint32Array.of(3, 0, 300),
    } as SavedModel["params"],
    trainingTexts: Uint32Array.of(7, 4_000_000_000),
  });
  expect(bytes.join("")).toBe(Buffer.from(file).toString("hex"));
});

test("numbers that lie as they are in memory are views of the file, wherever the file lies", () => {
  const file = encodeModel(model);
  const weightsOf = (bytes: Uint8Array) => (decodeModel(bytes).params as typeof model.params).weights;
  expect(weightsOf(file).buffer).toBe(file.buffer);
  for (let shift = 1; shift < 8; shift++) {
    const shifted = new Uint8Array(file.length + shift);
    shifted.set(file, shift);
    expect(weightsOf(shifted.subarray(shift))).toEqual(model.params.weights);
  }
});
