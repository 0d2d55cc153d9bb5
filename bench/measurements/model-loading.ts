import { decodeModel, encodeModel, openSavedModel, type SavedModel, seededRandom, trainModel } from "bifocal";
import { type Measurement, median, type Reading } from "../measurement.js";

const learners = ["naive-bayes", "logistic-regression"] as const;
const rounds = 11;

/** Opening the file of a classifier, ready to answer, beside `JSON.parse` of the same model, which would not be. */
export const modelLoading: Measurement = {
  name: "opening a model file of 5 MB",
  measure: async () => (await Promise.all(learners.map(measureOne))).flat(),
};

async function measureOne(learner: string): Promise<Reading[]> {
  const model = await trainModel(learner, madeUpTexts(), { id: learner, settings: { ngrams: 2, ...few[learner] } });
  const file = encodeModel(model);
  const json = jsonOf(model);
  const ours = medianMs(() => openSavedModel(decodeModel(file)));
  const decoding = medianMs(() => decodeModel(file));
  const peer = medianMs(() => JSON.parse(json));
  const size = `${(file.length / 1e6).toFixed(1)} MB`;
  return [
    {
      what: `${learner}, ${size}: open`,
      value: ours,
      unit: "ms",
      goal: "50",
      ratios: [{ to: "JSON.parse", value: ours / peer }],
    },
    {
      what: `${learner}, ${size}: decode`,
      value: decoding,
      unit: "ms",
      ratios: [{ to: "JSON.parse", value: decoding / peer }],
    },
  ];
}

/** What is measured is opening, not learning. */
const few: Readonly<Record<string, Record<string, number>>> = { "logistic-regression": { iterations: 1 } };

/** Texts of words as frequent as Zipf has them, so that a vocabulary is like a real one. */
function madeUpTexts() {
  const random = seededRandom(1);
  const word = (): string => `w${Math.floor(40_000 ** random()).toString(36)}`;
  return Array.from({ length: 14_000 }, (_, i) => ({
    text: Array.from({ length: 60 }, word).join(" "),
    label: i % 2 === 0 ? "even" : "odd",
  }));
}

function jsonOf({ card, params, trainingTexts }: SavedModel): string {
  const plain = (_: string, value: unknown) => (ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value);
  return JSON.stringify({ card, params, trainingTexts }, plain);
}

function medianMs(run: () => unknown): number {
  return median(
    Array.from({ length: rounds }, () => {
      const start = performance.now();
      run();
      return performance.now() - start;
    }),
  );
}
