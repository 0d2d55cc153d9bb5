import { readFileSync } from "node:fs";
import { loadPeer } from "./load-peer.mjs";

/**
 * Trains CRFsuite on the sentences of a JSON file, `[{ features: [[…], …], tags: […] }, …]`, and tags them from their
 * features. CRFsuite prints the processor time of each iteration of L-BFGS itself; the last line is tokens a second of
 * processor time as JSON.
 *   node crfsuite.mjs SENTENCES MODEL C2 ITERATIONS
 */
const [, , sentencesFile, modelFile, c2, iterations] = process.argv;
const { Trainer, Tagger } = loadPeer("crfsuite");
const sentences = JSON.parse(readFileSync(sentencesFile, "utf8"));
const trainer = new Trainer({ debug: true });
for (const { features, tags } of sentences) trainer.append(features, tags);
trainer.set_params({ c2, max_iterations: iterations, epsilon: "0", delta: "0" });
trainer.train(modelFile);

const tagger = new Tagger();
tagger.open(modelFile);
const tokens = sentences.reduce((sum, { tags }) => sum + tags.length, 0);
let tagging = 0;
for (let repeat = 0; repeat < 5; repeat++) {
  const before = process.cpuUsage();
  for (const { features } of sentences) tagger.tag(features);
  const { user, system } = process.cpuUsage(before);
  tagging = Math.max(tagging, (1e6 * tokens) / (user + system));
}
console.log(`\n${JSON.stringify({ tagging })}`);
