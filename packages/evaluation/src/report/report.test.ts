import { fingerprint } from "@bifocal/contracts";
import { expect, test } from "vitest";
import { wordClassifier } from "../../testing/word-models.js";
import { compareClassifiers } from "../compare.js";
import { renderJson, renderMarkdown, renderText } from "./render.js";
import type { Provenance, Report } from "./report.js";

const words = { negative: ["bad"], positive: ["good"] };
const items = [
  { text: "good", label: "positive" },
  { text: "bad", label: "negative" },
  { text: "fine", label: "positive" },
  { text: "so so", label: "mixed" },
];
const provenance: Provenance = {
  versions: { bifocal: "0.1.0" },
  seeds: { shuffle: 7 },
  data: [{ role: "test", name: "reviews.jsonl", sha256: "ab".repeat(32) }],
};

async function report(name = "margins|\u001b[31m"): Promise<Report> {
  const comparison = await compareClassifiers(
    [
      { name: "words", model: wordClassifier("words", words, { trainingTexts: new Set([fingerprint("good")]) }) },
      { name, model: wordClassifier("other", { ...words, positive: ["good", "fine"] }, { scoreKind: "margin" }) },
    ],
    items,
  );
  return { comparison, provenance };
}

test("shows each model with its figures, and what to know about them", async () => {
  const text = renderText(await report());
  expect(text).toContain("2 models on the same 4 items");
  expect(text).toMatch(/words +rule-based +word list +0\.5000 .* 0\.5000 \[0\.1500, 0\.8500\] +0 +1 /);
  expect(text).toMatch(/words · margins.* +4 +0 +1 +1\.0000 +1\.0000/);
  expect(text).toContain("words: 1 of these items are in its training data");
  expect(text).toContain("each counted as wrong: mixed (1)");
  expect(text).toMatch(/no logLoss\. The model gives margins/);
  expect(text).toContain("Models disagree on 1 of 4 items.");
});

test("passes on what is needed to get the figures again", async () => {
  for (const written of [renderText(await report()), renderMarkdown(await report()), renderJson(await report())]) {
    for (const part of ["0.1.0", "7", "reviews.jsonl", "ab".repeat(32), "accuracy"]) expect(written).toContain(part);
  }
});

test("lets no name steer a terminal or break a table", async () => {
  expect(renderText(await report())).not.toContain("\u001b");
  const rows = renderMarkdown(await report())
    .split("\n")
    .filter((line) => line.startsWith("| margins"));
  expect(rows).toHaveLength(1);
  expect(rows[0]).toContain("margins\\|");
});

test("writes JSON that reads back as the report", async () => {
  const given = await report();
  expect(JSON.parse(renderJson(given))).toEqual({ kind: "comparison-report", version: 1, ...given });
});

test("shows where a learner failed on the curve", async () => {
  const given = await report();
  const curve = { seed: 1, points: [{ learner: "picky", size: 10, failure: "too few items" }] };
  expect(renderText({ ...given, curve })).toContain("picky failed at size 10: too few items");
});

test("refuses to write a figure that is not a number", async () => {
  const { comparison } = await report();
  const broken = { ...comparison, confidence: Number.NaN };
  expect(() => renderJson({ comparison: broken })).toThrow(/confidence/);
});
