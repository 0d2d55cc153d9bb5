import { expect, test } from "vitest";
import { type Constraints, constrainBy } from "./constraints.js";

const never = Number.NEGATIVE_INFINITY;

function constrained(
  constraints: Partial<Constraints>,
  { before = [], written = [] }: { readonly before?: number[]; readonly written?: number[] } = {},
  scores = [-1, -2, 1, 2],
): number[] {
  const changed = Float64Array.from(scores);
  constrainBy({ endTokens: new Set([3]), maxNewTokens: 5, ...constraints })?.(changed, before, written);
  return [...changed];
}

test("without a constraint scores stay as they are", () => {
  expect(constrained({}, { before: [0, 1], written: [2] })).toEqual([-1, -2, 1, 2]);
});

test("a penalty lowers what stands already, once, whichever its sign", () => {
  const rows = { before: [0, 0], written: [2] };
  expect(constrained({ repetitionPenalty: 2 }, rows)).toEqual([-2, -2, 0.5, 2]);
});

test("no run of tokens comes again, also one that began in the prompt", () => {
  expect(constrained({ noRepeatNgramSize: 2 }, { before: [0, 1, 0], written: [2, 0] })).toEqual([-1, never, never, 2]);
  expect(constrained({ noRepeatNgramSize: 3 }, { before: [0, 1, 2], written: [0, 1] })).toEqual([-1, -2, never, 2]);
  expect(constrained({ noRepeatNgramSize: 1 }, { written: [0] })).toEqual([never, -2, 1, 2]);
  expect(constrained({ noRepeatNgramSize: 9 }, { written: [0, 0] })).toEqual([-1, -2, 1, 2]);
});

test("no text ends before its shortest length", () => {
  expect(constrained({ minNewTokens: 2 }, { written: [0] })).toEqual([-1, -2, 1, never]);
  expect(constrained({ minNewTokens: 2 }, { written: [0, 1] })).toEqual([-1, -2, 1, 2]);
});

test("the first token and the last are forced where they must be", () => {
  const forced = { forcedFirst: 1, forcedLast: 3 };
  expect(constrained(forced)).toEqual([never, 0, never, never]);
  expect(constrained(forced, { written: [1, 1, 1] })).toEqual([-1, -2, 1, 2]);
  expect(constrained(forced, { written: [1, 1, 1, 1] })).toEqual([never, never, never, 0]);
});

test("what is suppressed is never written, or never first", () => {
  const suppress = { suppressed: [0], suppressedFirst: [2] };
  expect(constrained(suppress)).toEqual([never, -2, never, 2]);
  expect(constrained(suppress, { written: [1] })).toEqual([never, -2, 1, 2]);
  const forced = { ...suppress, forcedFirst: 2 };
  expect(constrained(forced)).toEqual([never, never, 0, never]);
  expect(constrained(forced, { written: [2] })).toEqual([never, -2, never, 2]);
});
