import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeDocuments } from "../documents.js";
import type { Measurement, Reading } from "../measurement.js";
import { type ChildReading, runChild, runPython } from "../run-child.js";

/** How long a training took. */
interface Times {
  /** Milliseconds. */
  readonly value: number;
  readonly processorMs: number;
}

/** The first training of a process, and the middle one of those that follow in it. */
interface Training extends ChildReading, Times {
  readonly again: Times;
}

const child = new URL("./training-child.mjs", import.meta.url);
const pipeline = new URL("../peer-adapters/text-pipeline.py", import.meta.url);
/** With how many trainings follow the first: short ones take some until Node has compiled the code that they run. */
const sets = [
  { set: "rt-polarity/all", repeats: 15 },
  { set: "20newsgroups/train", repeats: 3 },
];
const learners = [
  { learner: "linear-svm", peer: "LinearSVC", settings: {} },
  { learner: "logistic-regression", peer: "LogisticRegression", settings: { multiclass: "one-vs-rest" } },
];
const cost = 0.1;

/**
 * From raw texts in memory to a trained model by `trainModel`, in a process each, the first time and again: words and
 * pairs of words, the same penalty, to within a thousandth of the least objective, with all cores; beside scikit-learn's
 * pipeline with LIBLINEAR, the fastest of its solvers here. And the peak memory on 25,000 texts.
 */
export const training: Measurement = {
  name: "training from raw texts",
  async measure() {
    const readings = sets.filter(({ set }) => existsSync(pathOf(set))).flatMap(compareOn);
    if (readings.length === 0) console.log("  Skipped: ../shared/data is not at hand.");
    return [...readings, ...(await measureMemory())];
  },
};

function pathOf(set: string): string {
  return fileURLToPath(new URL(`../../../shared/data/${set}.jsonl`, import.meta.url));
}

function compareOn({ set, repeats }: (typeof sets)[number]): Reading[] {
  const file = pathOf(set);
  return learners.flatMap(({ learner, peer, settings }) => {
    const ours = train(learner, settings, file, repeats);
    const theirs = runPython(pipeline, "train", peer, file, String(repeats)) as Training | undefined;
    if (theirs === undefined) console.log(`  Skipped: scikit-learn's ${peer}, there is no Python with it.`);
    const memory = theirs && { to: "its memory", value: ours.megabytes / theirs.megabytes };
    return [
      ...(theirs ? [reading(`${set}, scikit-learn's ${peer}, first`, theirs)] : []),
      reading(`${set}, ${learner}, first`, ours, theirs, memory),
      ...(theirs ? [reading(`${set}, scikit-learn's ${peer}, again`, theirs.again)] : []),
      reading(`${set}, ${learner}, again`, ours.again, theirs?.again),
    ];
  });
}

async function measureMemory(): Promise<Reading[]> {
  const { origin, file } = await writeDocuments(25_000);
  const two = join(dirname(file), "two-labels.jsonl");
  writeFileSync(two, withTwoLabels(readFileSync(file, "utf8")));
  const peak = (path: string): number => train("linear-svm", {}, path).megabytes;
  const what = `linear-svm, ${origin}, peak memory`;
  const readings: Reading[] = [
    { what: `${what}, two labels`, value: peak(two), unit: "MB", goal: "600" },
    { what: `${what}, all labels`, value: peak(file), unit: "MB" },
  ];
  rmSync(dirname(file), { recursive: true });
  return readings;
}

/** The same texts, labelled by whether the label that they have begins with a letter before "m". */
function withTwoLabels(lines: string): string {
  const items = lines
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { readonly text: string; readonly label: string });
  return items.map(({ text, label }) => `${JSON.stringify({ text, label: label < "m" ? "a" : "m" })}\n`).join("");
}

function reading(what: string, { value, processorMs }: Times, theirs?: Times, memory?: Ratio): Reading {
  if (theirs === undefined) return { what, value, unit: "ms" };
  const time = { to: "its time", value: value / theirs.value };
  const processor = { to: "its processor time", value: processorMs / theirs.processorMs };
  return { what, value, unit: "ms", ratios: [time, processor, ...(memory ? [memory] : [])] };
}

type Ratio = NonNullable<Reading["ratios"]>[number];

function train(learner: string, settings: object, file: string, repeats = 0): Training {
  const texts = readFileSync(file, "utf8").trimEnd().split("\n").length;
  const given = { ngrams: 2, tolerance: 1e-3, l2: 1 / (cost * texts), ...settings };
  const trained = runChild(process.execPath, child, learner, JSON.stringify(given), file, String(repeats));
  if (trained === undefined) throw new Error(`${learner} could not be trained.`);
  return trained as Training;
}
