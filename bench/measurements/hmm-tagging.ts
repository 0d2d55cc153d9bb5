import { openSavedModel, type Tagger, trainModel } from "bifocal";
import type { Measurement, Reading } from "../measurement.js";
import { hasTagged, taggedSentences, tokensPerSecond } from "../tagged-data.js";

const repeats = 50;

/** Tokens a second from tokens to tags with their probabilities, one thread, on sentences that were not trained on. */
export const hmmTagging: Measurement = {
  name: "tagging by a hidden Markov model of order 2, processor time",
  async measure() {
    const readings: Reading[] = [];
    for (const name of ["ud-english-ewt-upos", "uner-en-ewt"].filter(hasTagged)) readings.push(await measureOn(name));
    return readings;
  },
};

async function measureOn(name: string): Promise<Reading> {
  const sentences = taggedSentences(name, "dev").map(({ tokens }) => tokens);
  const tokens = sentences.reduce((sum, { length }) => sum + length, 0);
  const saved = await trainModel("hmm", taggedSentences(name, "train"), { id: "measured" });
  await using model = openSavedModel(saved) as Tagger;
  return {
    what: `${name}, best of ${repeats}`,
    value: await tokensPerSecond(tokens, repeats, () => model.tagTokens(sentences)),
    unit: "tokens/s",
    goal: "500,000 (aim 1,000,000)",
  };
}
