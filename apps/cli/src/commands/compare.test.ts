import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { fileOf, jsonLines, pathOf, reviews } from "../../testing/files.js";
import { cli } from "../../testing/session.js";

const translatorFolder = fileURLToPath(new URL("../../../../packages/models/m2m-translation-en-fr", import.meta.url));

test("without a folder the report is printed, and nothing is written", async () => {
  const data = fileOf("compare.jsonl", jsonLines(reviews));
  const models = "naive-bayes-sentiment-en,logistic-regression-sentiment-en";
  const args = ["compare", "--task", "sentiment-analysis", "--models", models, "--test", data];
  const { code, stdout, stderr } = await cli(args);
  expect(code).toBe(0);
  expect(stdout).toContain("McNemar");
  expect(stderr).not.toContain("report.json");
});

test("labels of one's own are for the models that compare texts; learners keep those of their data", async () => {
  const folder = fileURLToPath(new URL("../../../../tests/fixtures/entailment", import.meta.url));
  const data = fileOf("ours.csv", "text,label\nthe team won again,sports\na vote was lost,politics\n");
  const given = ["compare", "--task", "text-classification", "--train", data, "--test", data, "--json"];
  const models = ["--models", `naive-bayes,${folder}/bert,${folder}/roberta`];
  const { code, stdout, stderr } = await cli([
    ...given,
    ...models,
    "--set",
    "labels=sports",
    "--set",
    "labels=politics",
  ]);
  expect(code, stderr).toBe(0);
  const { comparison, provenance } = JSON.parse(stdout);
  expect(comparison.models.map(({ name }: { name: string }) => name)).toHaveLength(3);
  expect(comparison.models[0].scores.accuracy).toBe(1);
  expect(provenance.options).toEqual({ labels: ["sports", "politics"] });
});

const papers = [
  { text: "Cats purr at night. We propose a bridge of rope.", summaries: ["We propose a bridge of rope."] },
  { text: "Rain fell on us all. In this paper we count drops.", summaries: ["We count drops.", "Drops."] },
];

test("summarizers are compared by ROUGE, of as many sentences as are asked for", async () => {
  const data = fileOf("papers.jsonl", jsonLines(papers));
  const output = pathOf("summaries");
  const models = "lead-summary,sentence-scorer-naive-bayes-en";
  const args = ["compare", "--task", "summarization", "--models", models, "--test", data, "--set", "sentences=1"];
  const { code, stdout } = await cli([...args, "--output", output]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/lead-summary · sentence-scorer-naive-bayes-en +rougeL/);
  const { comparison, provenance } = JSON.parse(readFileSync(join(output, "report.json"), "utf8"));
  expect(comparison).toMatchObject({ items: 2, resampling: { samples: 10_000, seed: 1 } });
  expect(comparison.differences[0]).toMatchObject({ metric: "rouge1", better: "higher", items: 2 });
  expect(provenance.options).toEqual({ sentences: 1 });
  const [first] = readFileSync(join(output, "disagreements.jsonl"), "utf8").split("\n");
  expect(JSON.parse(first ?? "")).toMatchObject({ index: 0, ...papers[0], gold: papers[0]?.summaries });
});

test("a scorer of sentences is trained and compared at sizes; a learner of another kind is refused", async () => {
  const data = fileOf("papers.jsonl", jsonLines(papers));
  const given = ["compare", "--task", "summarization", "--train", data, "--test", data, "--json"];
  const learner = "sentence-scorer-logistic-regression";
  const { stdout, stderr } = await cli([...given, "--models", `lead-summary,${learner}`, "--sizes", "2"]);
  const { comparison, curve } = JSON.parse(stdout);
  expect(comparison.models[1]).toMatchObject({ name: learner, seen: 2 });
  expect(curve.points[0].evaluation.scores, stderr).toEqual(comparison.models[1].scores);
  const refused = await cli([...given, "--models", "lead-summary,naive-bayes"]);
  expect(refused.stderr).toContain("naive-bayes learns from labelled texts, not for summarization");
});

test("models of text are compared by bits per byte; one that does not say how likely a text is, is refused", async () => {
  const data = fileOf("novel.txt", "Prince Andrew rode on.\nIt was a dark night.\n");
  const given = ["compare", "--task", "text-generation", "--test", data, "--json"];
  const { stdout } = await cli([...given, "--models", "ngram-prose-en,ngram-typescript"]);
  const { models, differences } = JSON.parse(stdout).comparison;
  expect(models[0].scores.bitsPerByte).toBeLessThan(models[1].scores.bitsPerByte);
  expect(differences).toMatchObject([{ metric: "bitsPerByte", better: "lower" }]);
  const refused = await cli([...given, "--models", "ngram-prose-en,prompt-words"]);
  expect(refused.code).not.toBe(0);
  expect(refused.stderr).toContain("prompt-words cannot be compared here: it does not say how likely a text is");
});

test("translators are compared by BLEU and chrF", async () => {
  const data = fileOf(
    "pairs.tsv",
    "text\ttranslations\nThe cat sleeps.\tLe chat dort.\nI am tired.\tJe suis fatigué.\n",
  );
  const copy = pathOf("translator");
  cpSync(translatorFolder, copy, { recursive: true });
  const args = ["--task", "translation", "--models", `m2m-translation-en-fr,${copy}`, "--set", "targetLanguage=fr"];
  const { code, stdout, stderr } = await cli(["compare", ...args, "--test", data, "--json"]);
  expect(code, stderr).toBe(0);
  const { models, differences } = JSON.parse(stdout).comparison;
  expect(models[0].scores.chrf).toBeGreaterThan(0.3);
  expect(differences.map(({ metric, difference }: Record<string, unknown>) => [metric, difference])).toEqual([
    ["bleu", 0],
    ["chrf", 0],
  ]);
  const evaluated = await cli(["evaluate", "--model", "m2m-translation-en-fr", "--data", data, "--json"]);
  expect(JSON.parse(evaluated.stdout)).toMatchObject({ items: 2, bleu: models[0].scores.bleu });
}, 60_000);
