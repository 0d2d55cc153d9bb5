import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Measurement, Reading } from "../measurement.js";
import { runChild } from "../run-child.js";

const child = new URL("./scoring-child.mjs", import.meta.url);
const data = fileURLToPath(new URL("../../../shared/data/", import.meta.url));

const sets = [
  { labels: 2, name: "rt-polarity", train: "rt-polarity/all", test: "rt-polarity/all" },
  { labels: 20, name: "20newsgroups", train: "20newsgroups/train", test: "20newsgroups/test" },
  { labels: 77, name: "banking77", train: "banking77/train", test: "banking77/test" },
];
const learners = ["linear-svm", "naive-bayes"];

/** Whether scores take longer with more labels than the weights that they are made of: it must not be so. */
export const scoring: Measurement = {
  name: "scores of rows, a weight that is not 0",
  async measure() {
    const atHand = sets.filter(({ train, test }) => [train, test].every((name) => existsSync(pathOf(name))));
    if (atHand.length === 0) console.log("  Skipped: ../shared/data is not at hand.");
    return learners.flatMap((learner) => measureLearner(learner, atHand));
  },
};

function measureLearner(learner: string, atHand: typeof sets): Reading[] {
  const values = atHand.map(({ train, test }) => {
    const measured = runChild(process.execPath, child, learner, pathOf(train), pathOf(test));
    if (measured === undefined) throw new Error(`The scores of ${learner} could not be measured.`);
    return measured.value;
  });
  return atHand.map(({ name, labels }, i) => ({
    what: `${learner}, ${labels} labels (${name})`,
    value: values[i],
    unit: "ns",
    ratios: i === 0 ? [] : [{ to: `${atHand[0].labels} labels`, value: values[i] / values[0] }],
  }));
}

function pathOf(name: string): string {
  return `${data}${name}.jsonl`;
}
