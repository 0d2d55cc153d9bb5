import { fingerprint } from "@bifocal/contracts";
import { expect, test } from "vitest";
import { firstSentences } from "../../testing/text-models.js";
import { wordClassifier } from "../../testing/word-models.js";
import { compareClassifiers, compareSummarizers } from "../compare.js";
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

test("shows what writes with its intervals, and by how much each pair is apart", async () => {
  const items = [
    { text: "One is first. Two is last.", summaries: ["one is first"] },
    { text: "Rain falls. Snow melts.", summaries: ["rain falls"] },
  ];
  const last = { ...firstSentences("last"), generate: () => firstSentences("last").generate(["Nothing. ", "No. "]) };
  const models = [
    { name: "first", model: firstSentences("first") },
    { name: "last", model: last },
  ];
  const comparison = await compareSummarizers(models, items, { samples: 20, sentences: 1 });
  const text = renderText({ comparison, provenance: { options: { sentences: 1 } } });
  expect(text).toContain("rouge1 [95 %]");
  expect(text).toMatch(/first +rule-based +word list +1\.0000 \[1\.0000, 1\.0000\] /);
  expect(text).toContain("paired bootstrap, 20 draws of the items by seed 1");
  expect(text).toMatch(/first · last +rouge1 +first +2 +-1\.0000 \[-1\.0000, -1\.0000\]/);
  expect(text).not.toMatch(/McNemar|exactly right/);
  expect(text).toContain("options: sentences 1");
});

test("does not call a model better where the interval holds 0, nor where less is better the larger figure", async () => {
  const { comparison } = await report();
  const difference = { models: ["words", "other"], metric: "m", items: 4, better: "lower", difference: 0.1 } as const;
  const rendered = (low: number) =>
    renderText({ comparison: { ...comparison, differences: [{ ...difference, low, high: 0.2 }] } });
  expect(rendered(0)).toMatch(/m +neither for sure +4 +0\.1000 \[0\.0000, 0\.2000\]/);
  expect(rendered(0.05)).toMatch(/m +words +4/);
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
