// Measures one classifier in a process of its own: learns from a file, and prints how many texts of another it reads a
// second of processor time, in the fastest of several passes.
import { readFileSync } from "node:fs";
import { openSavedModel, trainModel } from "bifocal";

const [learner, train, test, ngrams] = process.argv.slice(2);
const settings = { ngrams: Number(ngrams) };
const model = openSavedModel(await trainModel(learner, itemsOf(train), { id: "measured", settings }));
const texts = itemsOf(test).map(({ text }) => text);
const speeds = [];
const began = performance.now();
while (speeds.length < 5 || (speeds.length < 50 && performance.now() - began < 10_000)) {
  const start = process.cpuUsage();
  await model.classify(texts);
  const { user, system } = process.cpuUsage(start);
  speeds.push(texts.length / ((user + system) / 1e6));
}
console.log(JSON.stringify({ value: Math.max(...speeds), megabytes: process.resourceUsage().maxRSS / 1000 }));

function itemsOf(file) {
  return readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}
