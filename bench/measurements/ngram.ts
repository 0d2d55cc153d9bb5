import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { scoreSentence, trainBackoffNgrams, wordReader } from "bifocal";
import { type Measurement, median, type Reading } from "../measurement.js";

const folder = fileURLToPath(new URL("../../../shared/data/", import.meta.url));
const unseen = "war-and-peace/test.txt";
const files = ["war-and-peace/train.txt", "war-and-peace/valid.txt", "wikitext-2/valid.txt", "wikitext-2/test.txt"];
const order = 5;
const repeats = 5;

/** Processor time of one thread, from words to a model and from words to probabilities. */
export const ngram: Measurement = {
  name: "n-grams of five words by modified Kneser-Ney",
  async measure() {
    const absent = [...files, unseen].filter((file) => !existsSync(folder + file));
    if (absent.length > 0) {
      console.log(`  ../shared/data/${absent.join(", ")} are absent`);
      return [];
    }
    const held = sentencesOf(unseen);
    const sentences = [...files.flatMap(sentencesOf), ...held];
    return [...measureTraining(sentences), ...measureScoring(sentences.slice(0, -held.length), held)];
  },
};

function measureTraining(sentences: readonly string[][]): Reading[] {
  const times = Array.from({ length: repeats }, () => millisecondsOf(() => trainBackoffNgrams(sentences, { order })));
  const what = `training on ${inMillions(sentences)} million words, median of ${repeats}`;
  return [{ what, value: median(times), unit: "ms", goal: "4,000 (aim 2,000)" }];
}

function measureScoring(sentences: readonly string[][], held: readonly string[][]): Reading[] {
  const model = trainBackoffNgrams(sentences, { order });
  const read = wordReader(model);
  const symbols = held.map(read);
  const words = wordsIn(held);
  const rate = (score: () => void): number =>
    median(Array.from({ length: repeats }, () => words / (millisecondsOf(score) / 1000)));
  const what = (from: string): string => `scoring words that were not trained on, ${from}, median of ${repeats}`;
  const goal = "500,000 (aim 2,000,000)";
  return [
    {
      what: what("from text"),
      unit: "tokens/s",
      goal,
      value: rate(() => held.map((each) => scoreSentence(model, read(each)))),
    },
    {
      what: what("from numbers"),
      unit: "tokens/s",
      goal,
      value: rate(() => symbols.map((each) => scoreSentence(model, each))),
    },
  ];
}

function millisecondsOf(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** A line a sentence, white lines left out; what wikitext writes for rare words is a word like others. */
function sentencesOf(file: string): string[][] {
  const lines = readFileSync(folder + file, "utf8").split("\n");
  const split = lines.map((line) => line.split(/\s+/u).filter((word) => word !== ""));
  return split
    .filter(({ length }) => length > 0)
    .map((words) => words.map((word) => (word === "<unk>" ? "unk" : word)));
}

function wordsIn(sentences: readonly string[][]): number {
  return sentences.reduce((sum, { length }) => sum + length, 0);
}

function inMillions(sentences: readonly string[][]): string {
  return (wordsIn(sentences) / 1e6).toFixed(2);
}
