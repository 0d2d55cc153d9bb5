// Measures one classifier's scores of ready rows in a process of its own: learns from a file, reads another, and prints the
// nanoseconds of processor time that it takes for each weight that is not 0 and that a row asks for.
import { readFileSync } from "node:fs";
import { trainModel } from "bifocal";
import { linearScorer } from "../../packages/classical/dist/discriminative/linear-scorer.js";
import { rowReader } from "../../packages/classical/dist/features/row-reader.js";
import { rowScorer } from "../../packages/classical/dist/generative/naive-bayes-model.js";

const scorers = { linear: linearScorer, "naive-bayes": rowScorer };
const weightsOfColumn = {
  linear({ weights, bias: { length } }) {
    const counts = new Uint32Array(weights.length / length);
    for (let i = 0; i < weights.length; i++) if (weights[i] !== 0) counts[Math.floor(i / length)]++;
    return counts;
  },
  "naive-bayes": ({ entriesOfColumn }) => entriesOfColumn,
};

const [learner, train, test] = process.argv.slice(2);
const { params } = await trainModel(learner, itemsOf(train), { id: "measured", settings: { ngrams: 2 } });
const rows = readRows();
const weights = weightsOf(rows);
const score = scorers[params.kind](params);
const times = [];
const began = performance.now();
while (times.length < 5 || (times.length < 50 && performance.now() - began < 5_000)) times.push(passMicroseconds());
console.log(
  JSON.stringify({ value: (1000 * Math.min(...times)) / weights, megabytes: process.resourceUsage().maxRSS / 1000 }),
);

function passMicroseconds() {
  const start = process.cpuUsage();
  for (const row of rows) score(row);
  const { user, system } = process.cpuUsage(start);
  return user + system;
}

/** A reader's row holds until its next one. */
function readRows() {
  const read = rowReader(params);
  return itemsOf(test).map(({ text }) => {
    const { indices, values, length } = read(text);
    return { indices: indices.slice(0, length), values: values.slice(0, length), length };
  });
}

function weightsOf(rows) {
  const counts = weightsOfColumn[params.kind](params);
  let sum = 0;
  for (const { indices } of rows) for (const column of indices) sum += counts[column];
  return sum;
}

function itemsOf(file) {
  return readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}
