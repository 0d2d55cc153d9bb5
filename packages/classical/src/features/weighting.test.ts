import { expect, test } from "vitest";
import { inverseDocumentFrequencies, weigh } from "./weighting.js";

const rows = [[0, 1], [0], [0, 2], [0, 1]].map((indices) => ({ indices: Uint32Array.from(indices) }));

test("a column that every row has weighs 1, a rarer one more", () => {
  const [everywhere, half, once, never] = inverseDocumentFrequencies(rows, 4);
  expect(everywhere).toBeCloseTo(1, 6);
  expect(half).toBeCloseTo(Math.log(2) + 1, 6);
  expect(once).toBeCloseTo(Math.log(4) + 1, 6);
  expect(never).toBeCloseTo(Math.log(4) + 1, 6);
});

test("without column weights every value is 1; with them a column's own", () => {
  const indices = Uint32Array.of(1, 3);
  expect([...weigh(indices, { scaleRows: false })]).toEqual([1, 1]);
  expect([...weigh(indices, { scaleRows: false, columns: Float32Array.of(9, 2, 9, 0.5) })]).toEqual([2, 0.5]);
});

test("scaled rows have length 1, and an empty one stays empty", () => {
  const scaled = weigh(Uint32Array.of(0, 1), { scaleRows: true, columns: Float32Array.of(3, 4) });
  expect(scaled[0]).toBeCloseTo(0.6, 6);
  expect(scaled[1]).toBeCloseTo(0.8, 6);
  expect(weigh(new Uint32Array(), { scaleRows: true })).toHaveLength(0);
  expect([...weigh(Uint32Array.of(0), { scaleRows: true, columns: Float32Array.of(0) })]).toEqual([0]);
});
