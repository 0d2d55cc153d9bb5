import { expect, test } from "vitest";
import { describeVerdict } from "./verdict.js";

const positive = { paradigm: "discriminative", label: "positive" } as const;

test("says whether the lenses agree", () => {
  expect(describeVerdict([positive, { paradigm: "generative", label: "positive" }])).toContain("Both");
  expect(describeVerdict([positive, { paradigm: "generative", label: "neutral" }])).toMatch(/disagree.*neutral/);
});

test("says nothing unless both lenses decide", () => {
  expect(describeVerdict([positive, { paradigm: "rule-based", label: "negative" }])).toBeUndefined();
  expect(describeVerdict([positive, { paradigm: "generative", label: undefined }])).toBeUndefined();
});
