import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeModel, type SavedModel, seededRandom, trainModel } from "bifocal";
import { type Measurement, median, type Reading } from "../measurement.js";
import { runChild } from "../run-child.js";

const child = new URL("./loading-child.mjs", import.meta.url);
const learners = ["naive-bayes", "logistic-regression"] as const;
const rounds = 10;

/**
 * From the file of a classifier to its first answer: read, checked, opened. A process each time, since one that has opened
 * another model before has its code compiled. Beside `JSON.parse` of the same model, which would not be ready to answer.
 */
export const modelLoading: Measurement = {
  name: "opening a model file of 5 MB, from file to first answer, in a new process",
  async measure() {
    const folder = mkdtempSync(join(tmpdir(), "bifocal-bench-"));
    const readings: Reading[] = [];
    for (const learner of learners) readings.push(...(await measureOne(learner, folder)));
    rmSync(folder, { recursive: true });
    return readings;
  },
};

async function measureOne(learner: string, folder: string): Promise<Reading[]> {
  const model = await trainModel(learner, madeUpTexts(), { id: learner, settings: { ngrams: 2, ...few[learner] } });
  const bytes = encodeModel(model);
  const [file, json] = ["model.bifocal", "model.json"].map((name) => join(folder, name));
  writeFileSync(file, bytes);
  writeFileSync(json, jsonOf(model));
  const [opening, decoding, parsing] = (
    [
      [file, "open"],
      [file, "decode"],
      [json, "json"],
    ] as const
  ).map(([path, way]) => timesOf(path, way));
  const size = `${(bytes.length / 1e6).toFixed(1)} MB`;
  const reading = (what: string, times: readonly number[], goal?: string): Reading => ({
    what: `${learner}, ${size}: ${what}, median of ${rounds}`,
    value: median(times),
    unit: "ms",
    ...(goal !== undefined && { goal }),
    ratios: [{ to: "JSON.parse", value: median(times) / median(parsing) }],
  });
  return [
    reading("open", opening, "50"),
    { what: `${learner}, ${size}: open, least of ${rounds}`, value: Math.min(...opening), unit: "ms" },
    reading("decode", decoding),
  ];
}

function timesOf(file: string, way: string): number[] {
  return Array.from({ length: rounds }, () => {
    const measured = runChild(process.execPath, child, file, way);
    if (measured === undefined) throw new Error(`A model could not be opened (${way}).`);
    return measured.value;
  });
}

/** What is measured is opening, not learning. */
const few: Readonly<Record<string, Record<string, number>>> = { "logistic-regression": { iterations: 1 } };

/** Texts of words as frequent as Zipf has them, so that a vocabulary is like a real one. */
function madeUpTexts() {
  const random = seededRandom(1);
  const word = (): string => `w${Math.floor(40_000 ** random()).toString(36)}`;
  return Array.from({ length: 11_900 }, (_, i) => ({
    text: Array.from({ length: 60 }, word).join(" "),
    label: i % 2 === 0 ? "even" : "odd",
  }));
}

function jsonOf({ card, params, trainingTexts }: SavedModel): string {
  const plain = (_: string, value: unknown) => (ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value);
  return JSON.stringify({ card, params, trainingTexts }, plain);
}
