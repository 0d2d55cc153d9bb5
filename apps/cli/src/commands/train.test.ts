import { existsSync, readFileSync } from "node:fs";
import { evaluateClassifier, evaluateTagger } from "@bifocal/evaluation";
import { type Classifier, crossValidate, decodeModel, openSavedModel, type Tagger, trainModel } from "bifocal";
import { expect, test } from "vitest";
import { fileOf, jsonLines, pathOf } from "../../testing/files.js";
import { isBuilt } from "../../testing/process.js";
import { cli } from "../../testing/session.js";

const onBuilt = test.skipIf(!isBuilt);

/** Labels that few of the words tell, and folds by turns. */
const items = Array.from({ length: 60 }, (_, i) => {
  const words = [0, 1, 2, 3].map((j) => `w${(i * 7 + j * 13) % 11}${(i + j) % 7 === 0 ? i % 2 : ""}`);
  return { text: words.join(" "), label: i % 2 ? "odd" : "even", weight: 1 + (i % 3), part: `p${i % 3}` };
});
const data = fileOf("train-items.jsonl", jsonLines(items));

const places = ["Rome", "Turin", "York", "Paris"];
const sentences = Array.from({ length: 100 }, (_, i) => ({
  tokens: ["Ada", "saw", places[i % 4] ?? "", i % 3 ? "again" : "twice", "."],
  tags: ["B-PER", "O", "B-LOC", "O", "O"],
}));
const conll = fileOf(
  "train.conll",
  sentences.map(({ tokens, tags }) => `${tokens.map((token, i) => `${token}\t${tags[i]}\n`).join("")}\n`).join(""),
);

const train = (learner: string, from: string, ...more: string[]) => [
  "train",
  learner,
  "--data",
  from,
  "--output",
  pathOf("train.bifocal"),
  ...more,
];

onBuilt("folds are reported one by one, and the model is trained on everything", async () => {
  const { code, stdout } = await cli(train("naive-bayes", data, "--fold-field", "part", "--seed", "3", "--json"));
  const { crossValidation, items: count, training } = JSON.parse(stdout);
  expect(code).toBe(0);
  expect({ count, seed: training.seed }).toEqual({ count: 60, seed: 3 });
  expect(crossValidation.folds.map(({ fold, items: each }: { fold: string; items: number }) => [fold, each])).toEqual([
    ["p0", 20],
    ["p1", 20],
    ["p2", 20],
  ]);
  const person = await cli(train("naive-bayes", data, "--folds", "4"));
  expect(person.stdout).toMatch(
    /^fold +items +accuracy\n +1 +15 +[01]\.\d{4}\n[\s\S]+\nmean [01]\.\d{4}, standard deviation/,
  );
});

onBuilt("a search prints every trial, and what won stands in the model", async () => {
  const search = ["--search", "smoothing=0.01..10", "--search", "ngrams=1,2", "--trials", "5", "--metric", "logLoss"];
  const { stdout } = await cli(train("naive-bayes", data, ...search, "--json"));
  const summary = JSON.parse(stdout);
  expect(summary.search.trials).toHaveLength(5);
  const { score, settings } = summary.search;
  expect(score).toBe(Math.min(...summary.search.trials.map((trial: { score: number }) => trial.score)));
  const { card } = decodeModel(readFileSync(pathOf("train.bifocal")));
  expect(card.training).toMatchObject({ learner: "naive-bayes", items: 60, settings });
  const person = await cli(train("naive-bayes", data, ...search));
  expect(person.stdout).toMatch(/^ +smoothing +ngrams +logLoss/);
  expect(person.stdout.match(/^→ /gm)).toHaveLength(1);
});

onBuilt("the same seed gives the same file, whatever the workers", async () => {
  const bytes = async (...more: string[]) => {
    await cli(train("crf", conll, "--search", "minimumCount=1,2", "--folds", "2", "--set", "epochs=2", ...more));
    return readFileSync(pathOf("train.bifocal")).toString("base64");
  };
  const once = await bytes("--seed", "5", "--workers", "1");
  expect(await bytes("--seed", "5", "--workers", "3")).toBe(once);
  expect(await bytes("--seed", "6", "--workers", "1")).not.toBe(once);
});

onBuilt("interrupted, it keeps the model as it stood, says so and exits with 130", async () => {
  const interruption = new AbortController();
  const onStderr = (text: string): void => {
    if (/[3-9]\d % of 600 iterations, objective \d/.test(text)) interruption.abort();
  };
  const args = train("crf", conll, "--set", "epochs=300", "--set", "heldOut=0", "--output", pathOf("kept.bifocal"));
  const { code, stderr } = await cli(args, { isTTY: true, signal: interruption.signal, onStderr });
  expect(code).toBe(130);
  expect(stderr).toContain("Ctrl+C again ends at once");
  expect(stderr).toMatch(/The model is kept as it stood, after iteration \d+, objective/);
  const saved = decodeModel(readFileSync(pathOf("kept.bifocal")));
  expect(saved.card.training).toMatchObject({ ended: "aborted" });
  const [{ tags = [] } = {}] = await (openSavedModel(saved) as Tagger).tagTokens([
    ["Ada", "saw", "Rome", "again", "."],
  ]);
  expect(tags).toEqual(["B-PER", "O", "B-LOC", "O", "O"]);
});

onBuilt("interrupted in a search, it tells the trials that are done, writes nothing and exits with 130", async () => {
  const interruption = new AbortController();
  const onStderr = (text: string): void => {
    if (/[1-9]\d* % of 20 trainings/.test(text)) interruption.abort();
  };
  const search = ["--search", "epochs=1,200,200,200,200", "--folds", "4", "--set", "heldOut=0", "--workers", "1"];
  const args = train("crf", conll, ...search, "--output", pathOf("search.bifocal"));
  const { code, stdout, stderr } = await cli(args, { isTTY: true, signal: interruption.signal, onStderr });
  expect({ code, written: existsSync(pathOf("search.bifocal")) }).toEqual({ code: 130, written: false });
  if (stdout === "") expect(stderr).toContain("Nothing was learned yet");
  else expect(stdout).toMatch(/epochs +f1 +±\n→ +1 +[01]\.\d{4}/);
});

onBuilt("interrupted before anything is learned, it writes nothing", async () => {
  const interruption = new AbortController();
  const onStderr = (text: string): void => {
    if (text.startsWith("Training")) interruption.abort();
  };
  const args = train("crf", conll, "--output", pathOf("none.bifocal"));
  const { code, stderr } = await cli(args, { signal: interruption.signal, onStderr });
  expect({ code, written: existsSync(pathOf("none.bifocal")) }).toEqual({ code: 130, written: false });
  expect(stderr).toContain("Nothing was learned yet, so nothing is written.");
});

onBuilt("dev data end a training that gains no more, and measure it", async () => {
  const { stdout } = await cli(train("crf", conll, "--dev", conll, "--set", "heldOut=0", "--patience", "2", "--json"));
  const { training, dev } = JSON.parse(stdout);
  expect(training).toMatchObject({ ended: "early", dev: { metric: "f1", score: 1 } });
  expect(dev).toMatchObject({ f1: 1, items: 100 });
});

test.each([
  [["--folds", "1"], "--folds must be a whole number from 2"],
  [["--folds", "3", "--fold-field", "part"], "give one of the two"],
  [["--trials", "3"], "there is none"],
  [["--search", "smoothing=1..2"], "say how many trials to draw"],
  [["--metric", "f1"], "accuracy, macroF1, logLoss"],
  [["--seed", "-1"], "--seed must be a whole number from 0"],
  [["--weight-field", "label"], '"label" is not a number from 1e-9 to 1e9'],
  [["--fold-field", "absent"], "absent"],
])("%j is refused in one line", async (more, message) => {
  const { code, stderr } = await cli(train("naive-bayes", data, ...more));
  expect({
    code,
    lines: stderr
      .trimEnd()
      .split("\n")
      .filter((line) => !line.startsWith("Training")).length,
  }).toEqual({
    code: 2,
    lines: 1,
  });
  expect(stderr).toContain(message);
});

test("folds are scored by the definitions of the harness", async () => {
  const foldOf = items.map(({ part }) => part);
  const { folds } = await crossValidate("naive-bayes", items, { foldOf });
  const rest = items.filter(({ part }) => part !== "p0");
  const model = openSavedModel(await trainModel("naive-bayes", rest, { id: "by hand" })) as Classifier;
  const { scores } = await evaluateClassifier(
    model,
    items.filter(({ part }) => part === "p0"),
  );
  expect(folds[0]?.scores).toEqual(scores);
  const parts = sentences.map((_, i) => `${i % 5}`);
  const tagged = await crossValidate("crf", sentences, { foldOf: parts, settings: { epochs: 1 } });
  const others = sentences.filter((_, i) => i % 5 !== 0);
  const tagger = openSavedModel(await trainModel("crf", others, { id: "by hand", settings: { epochs: 1 } })) as Tagger;
  const own = await evaluateTagger(
    tagger,
    sentences.filter((_, i) => i % 5 === 0),
  );
  expect(tagged.folds[0]?.scores).toEqual(own.scores);
});

test("a training never writes over what it reads", async () => {
  const copy = fileOf("train-copy.jsonl", jsonLines(items));
  for (const more of [[], ["--dev", copy]]) {
    const from = more.length === 0 ? copy : data;
    const { code, stderr } = await cli(["train", "naive-bayes", "--data", from, "--output", copy, ...more]);
    expect(code).toBe(2);
    expect(stderr).toContain("is the input itself");
    expect(readFileSync(copy, "utf8")).toBe(jsonLines(items));
  }
});

test("labels of dev data that the model does not have are named", async () => {
  const dev = fileOf("dev-odd.jsonl", jsonLines([...items.slice(0, 4), { text: "odd", label: "strange" }]));
  const { stdout } = await cli(train("naive-bayes", data, "--dev", dev));
  expect(stdout).toContain("counted as wrong: strange (1).");
});

test.each([
  ["--metric", "macroF1"],
  ["--patience", "3"],
])("%s %s is refused where it would do nothing", async (...more) => {
  const { code, stderr } = await cli(train("naive-bayes", data, ...more));
  expect(code).toBe(2);
  expect(stderr).toContain(`${more[0]} `);
});

test("the help of a learner tells its settings alone; without one, those of all", async () => {
  const one = (await cli(["train", "hmm", "--help"])).stdout;
  expect(one).toContain("What hmm takes with --set:");
  expect(one).toContain("rareCount");
  expect(one).not.toContain("entropyThreshold");
  expect((await cli(["train", "crf", "--help"])).stdout).toMatch(/names +a file of names .* \(a text\)/);
  expect((await cli(["train", "--help"])).stdout).toContain("entropyThreshold");
});

test("fields of weights and folds are refused for what is not labelled, as wrong usage", async () => {
  const { code, stderr } = await cli(train("crf", conll, "--weight-field", "weight"));
  expect(code).toBe(2);
  expect(stderr).toContain("are for learners of labelled texts");
});
