import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { fileOf, jsonLines, reviewModelFile, reviews } from "../../testing/files.js";
import { cli } from "../../testing/session.js";

const model = await reviewModelFile("evaluate.bifocal");
const fresh = [
  { text: "warm and wise", label: "positive" },
  { text: "cold and dull", label: "positive" },
];

test("gives the figures of a classifier, their signatures, and how many items it was trained on", async () => {
  const data = fileOf("evaluate.jsonl", jsonLines([...reviews, ...fresh]));
  const { code, stdout } = await cli(["evaluate", "--model", model, "--data", data, "--json"]);
  expect(code).toBe(0);
  const figures = JSON.parse(stdout);
  expect(figures).toMatchObject({ model: "reviews", items: 6, seen: 4, accuracy: 5 / 6 });
  expect(figures.macroF1).toBeGreaterThan(0.7);
  expect(figures.logLoss).toBeGreaterThan(0);
  expect(Object.keys(figures.signatures)).toEqual(["accuracy", "macroF1", "logLoss"]);
});

test("tells a person that figures on seen items are too good", async () => {
  const data = fileOf("seen.csv", "body,class\na warm and funny film,positive\ndull and new,negative\n");
  const args = ["evaluate", "--model", model, "--data", data, "--field", "body", "--label-field", "class"];
  const { stdout } = await cli(args);
  expect(stdout).toContain("reviews on 2 items\n  accuracy   1.0000");
  expect(stdout).toContain("trained on 1 of the 2 items");
});

test("labels can be read under other names, and types as no entity", async () => {
  const data = fileOf("stars.csv", "text,label\na warm and funny film,5 stars\ndull and new,1 star\n");
  const rename = ["--rename", "5 stars=positive, 1 star=negative"];
  const { stdout } = await cli(["evaluate", "--model", model, "--data", data, "--json", ...rename]);
  expect(JSON.parse(stdout)).toMatchObject({ accuracy: 1, items: 2 });
  const tagged = fileOf("tagged.conll", "Solaris\tB-work\non\tO\nMonday\tB-day\n");
  const types = ["--rename", "day=DATE", "--rename", "work=O"];
  const { stdout: figures } = await cli([
    "evaluate",
    "--model",
    "wink-entities-en",
    "--data",
    tagged,
    "--json",
    ...types,
  ]);
  expect(JSON.parse(figures)).toMatchObject({ precision: 1, recall: 1 });
});

test("labels of one's own are given to a model that compares texts, and to no other", async () => {
  const folder = fileURLToPath(new URL("../../../../tests/fixtures/entailment/bert", import.meta.url));
  const data = fileOf("ours.csv", "text,label\nthe team won again : a new game,politics\ncat,sports\n");
  const labels = ["--set", "labels=sports", "--set", "labels=politics"];
  const evaluate = (...args: string[]) => cli(["evaluate", "--data", data, "--json", ...args]);
  const { code, stdout } = await evaluate("--model", folder, ...labels);
  expect(code).toBe(0);
  const figures = JSON.parse(stdout);
  expect(figures).toMatchObject({ items: 2, accuracy: 1 });
  const same = await evaluate("--model", folder, ...labels, "--task", "zero-shot-classification");
  expect(JSON.parse(same.stdout)).toEqual({ ...figures, milliseconds: expect.any(Number) });
  const own = await evaluate("--model", "naive-bayes-spam-en", ...labels);
  expect(own).toMatchObject({ code: 2, stderr: expect.stringContaining("labels of its own") });
});

test.each(["person", "=PER", "a=", "a=b=c"])("--rename %s is refused", async (rename) => {
  const data = fileOf("rename.csv", "text,label\nwarm,positive\n");
  const { code, stderr } = await cli(["evaluate", "--model", model, "--data", data, "--rename", rename]);
  expect(code).toBe(2);
  expect(stderr).toContain("--rename takes old=new");
});

test("a column for labels that is not there is told with those that are", async () => {
  const data = fileOf("labels.csv", "text,lable\nwarm,positive\n");
  const { code, stderr } = await cli(["evaluate", "--model", model, "--data", data]);
  expect(code).toBe(2);
  expect(stderr).toContain('has no column "label". Did you mean "lable"?');
});

test("a tagger of parts of speech is trained, scored by tokens, and run", async () => {
  const data = fileOf("speech.conll", "the\tDET\ncat\tNOUN\nsat\tVERB\n\na\tDET\ndog\tNOUN\nsat\tVERB\n");
  const output = `${data}.bifocal`;
  const trained = await cli(["train", "hmm", "--data", data, "--output", output, "--json"]);
  expect(JSON.parse(trained.stdout)).toMatchObject({ learner: "hmm", items: 2, labels: ["DET", "NOUN", "VERB"] });
  const { stdout } = await cli(["evaluate", "--model", output, "--data", data, "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({ tokenAccuracy: 1, f1: 1 });
  const run = await cli(["run", "ner", "--model", output, "--json", "the dog sat"]);
  expect(JSON.parse(run.stdout).entities.map(({ label, text }: Record<string, string>) => [label, text])).toEqual([
    ["DET", "the"],
    ["NOUN", "dog"],
    ["VERB", "sat"],
  ]);
});

test("gives a summarizer's ROUGE, for as many sentences as are asked for", async () => {
  const data = fileOf(
    "papers.jsonl",
    jsonLines([
      { text: "Cats purr at night. Dogs bark by day.", summaries: ["It rained.", "Cats purr at night."] },
      { text: "Rain fell. Snow melted.", summaries: ["Snow melted."] },
    ]),
  );
  const args = ["evaluate", "--model", "lead-summary", "--data", data];
  const { stdout } = await cli([...args, "--sentences", "1", "--json"]);
  const figures = JSON.parse(stdout);
  expect(figures).toMatchObject({ model: "lead-summary", items: 2, rouge1: 0.5, rouge2: 0.5, rougeL: 0.5, seen: null });
  const { stdout: lines } = await cli(args);
  expect(lines).toMatch(/lead-summary on 2 items\n {2}rouge1 {5}0\.\d{4}\n/);
  expect(lines).not.toContain("precision");
  const refused = await cli([...args, "--sentences", "0"]);
  expect(refused.code).toBe(2);
});

test("gives the bits per byte and the perplexity of a model of text", async () => {
  const data = fileOf("novel.txt", "Prince Andrew rode on.\nIt was a dark night, and the guns were silent.\n");
  const { stdout } = await cli(["evaluate", "--model", "ngram-prose-en", "--data", data, "--json"]);
  const { bitsPerByte, perplexity, items } = JSON.parse(stdout);
  expect(items).toBe(2);
  expect(bitsPerByte).toBeGreaterThan(0.5);
  expect(bitsPerByte).toBeLessThan(4);
  expect(perplexity).toBeGreaterThan(10);
  const sentences = await cli(["evaluate", "--model", "ngram-prose-en", "--data", data, "--sentences", "2"]);
  expect(sentences.stderr).toContain("leave out sentences");
});

test("refuses what writes without saying how likely its texts are", async () => {
  const data = fileOf("plain.txt", "a text\n");
  const { code, stderr } = await cli(["evaluate", "--model", "prompt-words", "--data", data]);
  expect(code).toBe(1);
  expect(stderr).toContain("does not say how likely");
});

test("gives an ONNX decoder's bits per byte and perplexity, as PyTorch has its likelihoods", async () => {
  const decoding = fileURLToPath(new URL("../../../../tests/fixtures/decoding/", import.meta.url));
  const { llama } = JSON.parse(readFileSync(`${decoding}goldens.json`, "utf8"));
  const scored: readonly { text: string; logProbabilities: number[] }[] = llama.scored;
  const logs = scored.flatMap(({ logProbabilities }) => logProbabilities);
  const nats = -logs.reduce((sum, each) => sum + each, 0);
  const bytes = scored.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  const data = fileOf("density.jsonl", jsonLines(scored.map(({ text }) => ({ text }))));
  const args = ["--model", `${decoding}llama`, "--task", "text-generation", "--data", data, "--json"];
  const { bitsPerByte, perplexity } = JSON.parse((await cli(["evaluate", ...args])).stdout);
  expect(bitsPerByte).toBeCloseTo(nats / bytes / Math.LN2, 4);
  expect(perplexity / Math.exp(nats / logs.length)).toBeCloseTo(1, 4);
});
