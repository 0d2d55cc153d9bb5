import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeBlock, encodeBlock, type TypedArray } from "./model-file-blocks.js";

function roundTrip(value: TypedArray | readonly string[], columns?: number): TypedArray | string[] {
  const { block, bytes } = encodeBlock("block", value, columns);
  return decodeBlock({ ...block, offset: 0, bytes: bytes.length }, bytes);
}

test.each([
  ["Float32Array", fc.float32Array()],
  ["Float64Array", fc.float64Array()],
  ["Int8Array", fc.int8Array()],
  ["Uint8Array", fc.uint8Array()],
  ["Uint16Array", fc.uint16Array()],
  ["Int32Array", fc.int32Array()],
  ["Uint32Array", fc.uint32Array()],
])("any %s reads back as it was, to the bit", (_, arrays) => {
  fc.assert(
    fc.property(arrays, (array) => {
      expect(roundTrip(array)).toEqual(array);
    }),
  );
});

test("any strings read back as they were, be they empty, of many lines, escaped, or half a character", () => {
  const unit = fc.oneof(
    fc.constantFrom("\\", "\n", "n", "u", "d800", "\ufeff", "\ud83d", "\ude42", "\0"),
    fc.string({ unit: "binary" }),
  );
  const string = fc.array(unit, { maxLength: 6 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(fc.array(string), (strings) => {
      expect(roundTrip(strings)).toEqual(strings);
    }),
    { numRuns: 500 },
  );
});

test("whole numbers lie in as few bytes as hold them all", () => {
  const bytesOf = (value: TypedArray) => encodeBlock("block", value).bytes.length / value.length;
  expect(bytesOf(Float32Array.of(0, 255))).toBe(1);
  expect(bytesOf(Uint32Array.of(0, 256))).toBe(2);
  expect(bytesOf(Uint32Array.of(0, 65_536))).toBe(4);
  expect(bytesOf(Float64Array.of(0.5))).toBe(8);
  expect(bytesOf(Float32Array.of(-1))).toBe(4);
});

test("quantized numbers are within half a step of a column's own scale", () => {
  const weights = fc.float({ noNaN: true, noDefaultInfinity: true, min: -1000, max: 1000 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.array(weights, { maxLength: 40 }), (columns, numbers) => {
      const values = Float32Array.from(numbers.slice(0, numbers.length - (numbers.length % columns)));
      const back = roundTrip(values, columns) as Float32Array;
      expect(back).toHaveLength(values.length);
      for (let column = 0; column < columns; column++) {
        const indices = [...values.keys()].filter((i) => i % columns === column);
        const step = Math.max(0, ...indices.map((i) => Math.abs(values[i]))) / 127;
        for (const i of indices) expect(Math.abs(back[i] - values[i])).toBeLessThanOrEqual(step * 0.50001);
      }
    }),
  );
});

test.each([
  ["lies past the end", { offset: 1 }],
  ["begins before the file", { offset: -8 }],
  ["is longer than its bytes", { length: 3 }],
  ["is of a type that does not exist", { as: "Function" }],
  ["is stored in a type that does not exist", { stored: "constructor" }],
  ["has no length", { bytes: Number.NaN }],
  ["has no scales to undo", { scales: [] }],
])("a block that %s is refused", (_, change) => {
  const { block, bytes } = encodeBlock("block", Float32Array.of(0.5, 1.5));
  expect(() => decodeBlock({ ...block, offset: 0, bytes: bytes.length, ...(change as object) }, bytes)).toThrow(
    /"block"/,
  );
});
