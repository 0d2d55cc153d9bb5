import { expect, test } from "vitest";
import { roomIn } from "../machine-code/array-room.js";
import { chainData } from "./chain-data.js";
import { chainGradient } from "./crf-gradient.js";
import { everyPair } from "./tag-dataset.js";

/** Two sentences of two tokens, each token with a feature of its own; three tags. */
const data = {
  sentenceOffsets: Uint32Array.of(0, 2, 4),
  tokenOffsets: Uint32Array.of(0, 1, 2, 3, 4),
  features: Uint32Array.of(0, 1, 2, 3),
  featureCount: 4,
  gold: Uint8Array.of(0, 1, 2, 0),
  tagCount: 3,
};

test("a sentence whose sums vanish spoils no weight that it does not have", () => {
  const chains = chainData(data, { ...everyPair(4, 3), follows: new Uint8Array(9).fill(1) });
  const { array } = roomIn(chains.memory);
  const [weights, gradient] = [array(Float64Array, 12 + 9), array(Float64Array, 12 + 9)];
  // Only tag 0 for the first token, only tag 1 for the second, and never one after the other.
  weights.set([1e4, 0, 0, 0, 1e4, 0]);
  weights[12 + 1] = -1e5;
  weights[12 + 2] = 1e5;
  expect(chainGradient(chains)(weights, gradient, 0, 1)).toBe(Number.POSITIVE_INFINITY);
  expect([...gradient.subarray(6, 12)]).toEqual([0, 0, 0, 0, 0, 0]);
});

test("arrays that lie elsewhere are refused", () => {
  const chains = chainData(data, { ...everyPair(4, 3), follows: new Uint8Array(9).fill(1) });
  const elsewhere = new Float64Array(12 + 9);
  expect(() => chainGradient(chains)(elsewhere, elsewhere, 0, 2)).toThrow(
    expect.objectContaining({ code: "internal" }),
  );
});
