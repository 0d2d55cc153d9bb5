import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Classifier } from "@bifocal/contracts";
import type { LabelledText } from "../src/learner.js";
import { openModel, trainModel } from "../src/learners.js";

/** A labelled text of a data set whose folds are published. */
export interface FoldedText extends LabelledText {
  readonly fold?: number;
}

/** Where data sets lie beside the repository, on machines that have them. */
export function dataPath(name: string): string {
  return fileURLToPath(new URL(`../../../../shared/data/${name}`, import.meta.url));
}

export function hasData(name: string): boolean {
  return existsSync(dataPath(name));
}

export function readTexts(name: string): FoldedText[] {
  const lines = readFileSync(dataPath(name), "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line));
}

/** Share of the test texts that a model trained on the others gets right. */
export async function accuracyOf(
  learner: string,
  settings: Readonly<Record<string, unknown>>,
  train: readonly LabelledText[],
  test: readonly LabelledText[],
): Promise<number> {
  const model = openModel(await trainModel(learner, train, { id: "measured", settings })) as Classifier;
  const answers = await model.classify(test.map(({ text }) => text));
  return answers.filter(({ label }, i) => label === test[i].label).length / test.length;
}

/** Mean accuracy over the ten folds of a data set; the settings may depend on how many texts are trained on. */
export async function tenFoldAccuracy(
  learner: string,
  settingsFor: (texts: number) => Readonly<Record<string, unknown>>,
  items: readonly FoldedText[],
): Promise<number> {
  let total = 0;
  for (let fold = 0; fold < 10; fold++) {
    const train = items.filter((item) => item.fold !== fold);
    const test = items.filter((item) => item.fold === fold);
    total += await accuracyOf(learner, settingsFor(train.length), train, test);
  }
  return total / 10;
}
