import { type LabelledText, openModel, type TrainingMetric, trainModel } from "@bifocal/classical";
import { type Classifier, fingerprint, type Task } from "@bifocal/contracts";
import { addCounts, classifierMetrics, wilsonInterval } from "@bifocal/evaluation";
import type { Built, Measurement, Recipe } from "../recipe.js";
import { type Chosen, chooseWithin, type Grid } from "./choose-settings.js";

/** The two learners that look at the same features, one for each lens. */
const lenses = ["logistic-regression", "naive-bayes"] as const;

type Lens = (typeof lenses)[number];

/** One part of a test: train on one part, test on the other. */
export interface Split {
  readonly train: readonly LabelledText[];
  readonly test: readonly LabelledText[];
  /** How many texts were left out of the training part for they stand in the test too. */
  readonly left: number;
}

/** A way to measure a pair: over one split, or the folds of a cross-validation taken together. */
export interface Test {
  readonly on: string;
  readonly trainedOn: string;
  readonly splits: readonly Split[];
  /** The rule that is measured on the same items. */
  readonly baseline: () => Classifier;
}

/** What a pair of classifiers is made from. */
export interface PairPlan {
  /** What they decide: ids are `logistic-regression-<subject>-en` and so on. */
  readonly subject: string;
  readonly task: Task;
  readonly dataSets: readonly string[];
  /** What is settled beforehand, by the size of the model or the nature of the texts. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** What is chosen for each lens, on the training part of each split alone, and by what. */
  readonly choose: Readonly<Record<Lens, Grid>>;
  readonly metric: TrainingMetric;
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
      const learn = learnerOf(plan, lens);
      const measured: Measurement[] = [];
      for (const test of tests) measured.push(...(await measure(learn, test)));
      const { model, chosen } = await learn(train);
      const { about, limits, examples } = plan;
      return {
        model,
        measured,
        chosen,
        about,
        limits,
        examples,
        ...(lens === "logistic-regression" && { encode: quantized(model.params) }),
      };
    },
  }));
}

/** Chooses settings within the items, and trains with them. */
export type Learn = (items: readonly LabelledText[]) => Promise<Pick<Built, "model"> & { readonly chosen: Chosen }>;

function learnerOf(plan: PairPlan, lens: Lens): Learn {
  const { task, dataSets, metric, settings } = plan;
  const common = { id: `${lens}-${plan.subject}-en`, task, languages: ["en"], trainedOn: dataSets };
  return remembered(async (items) => {
    const chosen = await chooseWithin(lens, items, { grid: plan.choose[lens], settings, metric });
    const model = await trainModel(lens, items, { ...common, settings: { ...settings, ...chosen.settings } });
    return { model, chosen };
  });
}

/** The same items again give the same model, learned once. */
export function remembered(learn: Learn): Learn {
  const done = new Map<readonly LabelledText[], ReturnType<Learn>>();
  return (items) => {
    const known = done.get(items) ?? learn(items);
    done.set(items, known);
    return known;
  };
}

/** Weights ship in 8 bits, a scale an output; what is measured is the model as it was learned. */
function quantized(params: object): Built["encode"] {
  const outputs = "bias" in params && params.bias instanceof Float32Array ? params.bias.length : 1;
  return { quantize: { weights: outputs } };
}

/** Accuracy and macro-F1 over all splits together, beside the baseline's. */
export async function measure(learn: Learn, { on, trainedOn, splits, baseline }: Test): Promise<Measurement[]> {
  const [tally, other] = [newTally(), newTally()];
  await using rule = baseline();
  for (const { train, test } of splits) {
    await using model = openModel((await learn(train)).model) as Classifier;
    await count(tally, model, test);
    await count(other, rule, test);
  }
  const left = splits.reduce((sum, split) => sum + split.left, 0);
  const note = left > 0 ? `${trainedOn}; without ${left} texts that also stand in the test` : trainedOn;
  const { low, high } = wilsonInterval(tally.correct, tally.items);
  const figure = (metric: "accuracy" | "macroF1") => ({
    value: scoreOf(tally, metric),
    baseline: { model: rule.card.id, value: scoreOf(other, metric) },
    on,
    items: tally.items,
    trainedOn: note,
  });
  return [
    { metric: "accuracy", ...figure("accuracy"), interval: [low, high] },
    { metric: "macro-F1", ...figure("macroF1") },
  ];
}

interface Tally {
  readonly accuracy: Record<string, number>;
  readonly macroF1: Record<string, number>;
  items: number;
  correct: number;
}

function newTally(): Tally {
  return { accuracy: {}, macroF1: {}, items: 0, correct: 0 };
}

async function count(tally: Tally, model: Classifier, test: readonly LabelledText[]): Promise<void> {
  const results = await model.classify(test.map(({ text }) => text));
  for (const [i, result] of results.entries()) {
    const gold = test[i]?.label ?? "";
    addCounts(tally.accuracy, classifierMetrics.accuracy.count(gold, result));
    addCounts(tally.macroF1, classifierMetrics.macroF1.count(gold, result));
    tally.items++;
    if (result.label === gold) tally.correct++;
  }
}

function scoreOf(tally: Tally, metric: "accuracy" | "macroF1"): number {
  return classifierMetrics[metric].score(tally[metric]) ?? 0;
}

/** A split whose training part has no text of the test. */
export function split(train: readonly LabelledText[], test: readonly LabelledText[]): Split {
  const known = new Set(test.map(({ text }) => fingerprint(text)));
  const unseen = train.filter(({ text }) => !known.has(fingerprint(text)));
  return { train: unseen, test, left: train.length - unseen.length };
}
