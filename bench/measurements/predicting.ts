import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LabelledText } from "bifocal";
import type { Measurement, Reading } from "../measurement.js";
import { middleOf } from "../middle-of.js";
import { runChild, runPython } from "../run-child.js";

const child = new URL("./predicting-child.mjs", import.meta.url);
const pipeline = new URL("../peer-adapters/text-pipeline.py", import.meta.url);
const data = fileURLToPath(new URL("../../../shared/data/", import.meta.url));

/** So often ours and scikit-learn take turns, of which the one of the middle ratio counts: how fast a machine is may change within seconds. */
const sets = [
  { name: "rt-polarity", train: "rt-polarity/all", test: "rt-polarity/all", turns: 7 },
  { name: "20newsgroups", train: "20newsgroups/train", test: "20newsgroups/test", turns: 1 },
];
const learners = [
  { learner: "linear-svm", peer: "LinearSVC" },
  { learner: "naive-bayes", peer: "MultinomialNB" },
];
const rounds = 5;
/** The longest run of words that all know: words alone, and words and pairs of words. */
const runs = [
  { ngrams: 1, known: "words" },
  { ngrams: 2, known: "pairs" },
];

/**
 * From raw texts to labels, all scores ranked, with `classify` as anyone calls it: texts a second of processor time, of the
 * fastest of several passes in one thread. All know the same: words, or words and pairs of words.
 */
export const predicting: Measurement = {
  name: "classification of raw texts, a second of processor time",
  async measure() {
    const readings = sets.filter(isAtHand).flatMap((set) => runs.flatMap((run) => measureSet(set, run)));
    if (readings.length === 0) console.log("  Skipped: ../shared/data is not at hand.");
    return readings;
  },
};

type Set = (typeof sets)[number];
type Runs = (typeof runs)[number];

function isAtHand({ train, test }: Set): boolean {
  return [train, test].every((name) => existsSync(pathOf(name)));
}

function pathOf(name: string): string {
  return `${data}${name}.jsonl`;
}

function measureSet(set: Set, run: Runs): Reading[] {
  const fastText = fastTextSpeed(set, run);
  if (fastText === undefined) console.log("  Skipped: there is no command fasttext.");
  return [
    ...(fastText === undefined ? [] : [reading(`${set.name}, ${run.known}, fastText`, fastText)]),
    ...learners.flatMap(({ learner, peer }) => measureLearner(set, run, { learner, peer, fastText })),
  ];
}

interface Compared {
  readonly learner: string;
  readonly peer: string;
  /** Its texts a second. */
  readonly fastText: number | undefined;
}

function measureLearner(set: Set, { ngrams, known }: Runs, { learner, peer, fastText }: Compared): Reading[] {
  const name = `${set.name}, ${known}`;
  const options = [pathOf(set.train), pathOf(set.test), String(ngrams)];
  const pairs = Array.from({ length: set.turns }, () => {
    const theirs = runPython(pipeline, "predict", peer, ...options);
    const ours = runChild(process.execPath, child, learner, ...options);
    if (ours === undefined) throw new Error(`${learner} could not be measured.`);
    return { theirs, ours };
  });
  const { theirs, ours } = middleOf(pairs, (turn) => turn.ours.value / (turn.theirs?.value ?? 1));
  if (theirs === undefined) console.log(`  Skipped: scikit-learn's ${peer}, there is no Python with it.`);
  const ratios = [
    ...(fastText === undefined ? [] : [{ to: "fastText", value: ours.value / fastText }]),
    ...(theirs === undefined ? [] : [{ to: "scikit-learn", value: ours.value / theirs.value }]),
  ];
  return [
    ...(theirs === undefined ? [] : [reading(`${name}, scikit-learn's ${peer}`, theirs.value)]),
    { ...reading(`${name}, ${learner}`, ours.value), ratios },
  ];
}

function reading(what: string, value: number): Reading {
  return { what, value, unit: "texts/s" };
}

/** Its command on the whole file, less the time that it takes for one text: that of opening the model. */
function fastTextSpeed({ train, test }: Set, { ngrams }: Runs): number | undefined {
  if (spawnSync("fasttext").error !== undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "bifocal-bench-"));
  const [items, texts, one, model] = ["items", "texts", "one", "model"].map((name) => join(folder, name));
  const lines = readItems(test).map(lineOf);
  writeFileSync(
    items,
    readItems(train)
      .map((item) => `__label__${item.label} ${lineOf(item)}\n`)
      .join(""),
  );
  writeFileSync(texts, `${lines.join("\n")}\n`);
  writeFileSync(one, `${lines[0]}\n`);
  // How well it learned does not change how fast it is.
  const options = ["-wordNgrams", String(ngrams), "-epoch", "1", "-thread", "1", "-bucket", "200000"];
  spawnSync("fasttext", ["supervised", "-input", items, "-output", model, ...options]);
  const seconds = [texts, one].map((file) => leastSeconds("fasttext", "predict", `${model}.bin`, file));
  rmSync(folder, { recursive: true });
  return lines.length / (seconds[0] - seconds[1]);
}

function readItems(name: string): LabelledText[] {
  return readFileSync(pathOf(name), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/** The command reads a text a line, and takes it apart at white space. */
function lineOf({ text }: LabelledText): string {
  return text.toLowerCase().replaceAll(/\s+/g, " ").trim();
}

/** The least processor time of a command, which the shell that waits for it tells. */
function leastSeconds(command: string, ...options: readonly string[]): number {
  const seconds = Array.from({ length: rounds }, () => {
    const { stdout } = spawnSync("sh", ["-c", '"$@" > /dev/null; times', "sh", command, ...options], {
      encoding: "utf8",
    });
    const [, ofCommand = ""] = stdout.trim().split("\n");
    return [...ofCommand.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
      (sum, [, min, sec]) => sum + 60 * Number(min) + Number(sec),
      0,
    );
  });
  return Math.min(...seconds);
}
