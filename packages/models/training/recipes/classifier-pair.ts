import { type LabelledText, openModel, trainModel } from "@bifocal/classical";
import { type Classifier, fingerprint, type Task } from "@bifocal/contracts";
import { addCounts, classifierMetrics, wilsonInterval } from "@bifocal/evaluation";
import type { Built, Measurement, Recipe } from "../recipe.js";

/** The two learners that look at the same features, one for each lens. */
const lenses = ["logistic-regression", "naive-bayes"] as const;

type Lens = (typeof lenses)[number];

/** One part of a test: train on one part, test on the other. */
export interface Split {
  readonly train: readonly LabelledText[];
  readonly test: readonly LabelledText[];
}

/** A way to measure a pair: over one split, or the folds of a cross-validation taken together. */
export interface Test {
  readonly on: string;
  readonly trainedOn: string;
  readonly splits: readonly Split[];
}

/** What a pair of classifiers is made from. */
export interface PairPlan {
  /** What they decide: ids are `logistic-regression-<subject>-en` and so on. */
  readonly subject: string;
  readonly task: Task;
  readonly dataSets: readonly string[];
  readonly settings: Readonly<Record<string, unknown>>;
  readonly logisticSettings?: Readonly<Record<string, unknown>>;
  load(dataFolder: string): Promise<{ train: readonly LabelledText[]; tests: readonly Test[] }>;
  readonly about: string;
  readonly limits: readonly string[];
  readonly examples: readonly string[];
}

/** The recipes of a pair: logistic regression and naive Bayes on the same features. */
export function classifierPair(plan: PairPlan): Recipe[] {
  return lenses.map((lens) => ({
    id: `${lens}-${plan.subject}-en`,
    dataSets: plan.dataSets,
    async build(dataFolder): Promise<Built> {
      const { train, tests } = await plan.load(dataFolder);
      const measured: Measurement[] = [];
      for (const test of tests) measured.push(...(await measure(plan, lens, test)));
      const model = await learn(plan, lens, train);
      const { about, limits, examples } = plan;
      return {
        model,
        measured,
        about,
        limits,
        examples,
        ...(lens === "logistic-regression" && { encode: quantized(model.params) }),
      };
    },
  }));
}

function learn(plan: PairPlan, lens: Lens, items: readonly LabelledText[]) {
  const settings = { ...plan.settings, ...(lens === "logistic-regression" && plan.logisticSettings) };
  const id = `${lens}-${plan.subject}-en`;
  return trainModel(lens, items, { id, task: plan.task, settings, languages: ["en"], trainedOn: plan.dataSets });
}

/** Weights ship in 8 bits, a scale an output; what is measured is the model as it was learned. */
function quantized(params: object): Built["encode"] {
  const outputs = "bias" in params && params.bias instanceof Float32Array ? params.bias.length : 1;
  return { quantize: { weights: outputs } };
}

/** Accuracy and macro-F1 over all splits together; training texts that also stand in the test are left out. */
async function measure(plan: PairPlan, lens: Lens, { on, trainedOn, splits }: Test): Promise<Measurement[]> {
  const { accuracy, macroF1 } = classifierMetrics;
  const totals = { accuracy: {}, macroF1: {} };
  let items = 0;
  let correct = 0;
  let left = 0;
  for (const { train, test } of splits) {
    const unseen = without(train, test);
    left += train.length - unseen.length;
    const model = openModel(await learn(plan, lens, unseen)) as Classifier;
    const results = await model.classify(test.map(({ text }) => text));
    for (const [i, result] of results.entries()) {
      const gold = test[i]?.label ?? "";
      addCounts(totals.accuracy, accuracy.count(gold, result));
      addCounts(totals.macroF1, macroF1.count(gold, result));
      items++;
      if (result.label === gold) correct++;
    }
  }
  const { low, high } = wilsonInterval(correct, items);
  const note = left > 0 ? `${trainedOn}; without ${left} texts that also stand in the test` : trainedOn;
  const common = { on, items, trainedOn: note };
  return [
    { metric: "accuracy", value: accuracy.score(totals.accuracy) ?? 0, interval: [low, high], ...common },
    { metric: "macro-F1", value: macroF1.score(totals.macroF1) ?? 0, ...common },
  ];
}

/** The items whose text is not among the others'. */
export function without(items: readonly LabelledText[], others: readonly LabelledText[]): LabelledText[] {
  const known = new Set(others.map(({ text }) => fingerprint(text)));
  return items.filter(({ text }) => !known.has(fingerprint(text)));
}
