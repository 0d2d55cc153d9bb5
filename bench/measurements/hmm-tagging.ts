import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openSavedModel, type TaggedSentence, type Tagger, trainModel } from "bifocal";
import { type Measurement, median, type Reading } from "../measurement.js";

const folder = fileURLToPath(new URL("../../../shared/data/", import.meta.url));
const repeats = 15;

/** Tokens a second from tokens to tags with their probabilities, one thread, on sentences that were not trained on. */
export const hmmTagging: Measurement = {
  name: "tagging by a hidden Markov model of order 2",
  async measure() {
    const sets = ["ud-english-ewt-upos", "uner-en-ewt"].filter((name) => existsSync(folder + name));
    if (sets.length === 0) console.log("  ../shared/data/ud-english-ewt-upos and uner-en-ewt are absent");
    const readings: Reading[] = [];
    for (const name of sets) readings.push(await measureOn(name));
    return readings;
  },
};

async function measureOn(name: string): Promise<Reading> {
  const train = sentencesOf(name, existsSync(`${folder}${name}/train.conll`) ? "train" : "train-draft");
  const sentences = sentencesOf(name, "dev").map(({ tokens }) => tokens);
  const tokens = sentences.reduce((sum, { length }) => sum + length, 0);
  await using model = openSavedModel(await trainModel("hmm", train, { id: "measured" })) as Tagger;
  const rates: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const start = performance.now();
    await model.tagTokens(sentences);
    rates.push(tokens / ((performance.now() - start) / 1000));
  }
  return {
    what: `${name}, median of ${repeats}`,
    value: median(rates),
    unit: "tokens/s",
    goal: "500,000 (aim 1,000,000)",
  };
}

/** A token, a tab and its tag a line; an empty line ends a sentence. */
function sentencesOf(name: string, part: string): TaggedSentence[] {
  const blocks = readFileSync(`${folder}${name}/${part}.conll`, "utf8").trimEnd().split(/\n\n+/);
  return blocks.map((block) => {
    const rows = block.split("\n").map((line) => line.split("\t"));
    return { tokens: rows.map(([token = ""]) => token), tags: rows.map(([, tag = "O"]) => tag) };
  });
}
