import { readFileSync } from "node:fs";
import { spansOfTags } from "@bifocal/contracts";
import { expect, test } from "vitest";
import { goldenPath, hasGolden } from "../../testing/goldens.js";
import { addCounts, type Counts, type Metric } from "../metric.js";
import { countEntities } from "./entities.js";
import { scoresByLabel } from "./label-counts.js";
import { classifierMetrics, taggerMetrics } from "./metrics.js";

const { accuracy, macroF1, logLoss } = classifierMetrics;

function totalOf<Gold, Predicted>(
  { count }: Pick<Metric<Gold, Predicted>, "count">,
  gold: readonly Gold[],
  predicted: readonly Predicted[],
): Counts {
  const total = {};
  for (const [i, each] of gold.entries()) addCounts(total, count(each, predicted[i] as Predicted));
  return total;
}

const decide = (label: string, probabilities: Record<string, number> = {}) => ({
  label,
  scores: Object.entries(probabilities).map(([name, score]) => ({ label: name, score })),
});

test("accuracy is the share of right labels", () => {
  const total = totalOf(
    accuracy,
    ["a", "b", "a", "c"],
    ["a", "a", "a", "c"].map((label) => decide(label)),
  );
  expect(accuracy.score(total)).toBe(0.75);
});

// a: 2·2/(2+3), b: 0, c: 1; scikit-learn's f1_score(average="macro") gives the same.
test("macro-F1 weighs every label the same, those never hit included", () => {
  const total = totalOf(
    macroF1,
    ["a", "b", "a", "c"],
    ["a", "a", "a", "c"].map((label) => decide(label)),
  );
  expect(macroF1.score(total)).toBeCloseTo((0.8 + 0 + 1) / 3, 15);
});

test("macro-F1 counts a label that was only predicted", () => {
  expect(macroF1.score(totalOf(macroF1, ["a", "a"], [decide("a"), decide("b")]))).toBeCloseTo(1 / 3, 15);
});

test("log-loss is natural, and clips what is impossible or certain", () => {
  const score = (probability: number) => logLoss.score(logLoss.count("a", decide("a", { a: probability })));
  expect(score(0.5)).toBeCloseTo(Math.LN2, 15);
  expect(score(0)).toBeCloseTo(-Math.log(1e-15), 12);
  expect(score(1)).toBeCloseTo(1e-15, 17);
  expect(logLoss.score(logLoss.count("never heard of", decide("a", { a: 1 })))).toBeCloseTo(-Math.log(1e-15), 12);
});

test("no metric has a number for nothing", () => {
  for (const { score } of [...Object.values(classifierMetrics), ...Object.values(taggerMetrics)]) {
    expect(score({})).toBeUndefined();
  }
});

test("counts of parts add up to the counts of the whole", () => {
  const gold = [["B-PER", "I-PER", "O"], ["B-LOC"], ["I-ORG", "B-ORG"]].map(spansOfTags);
  const predicted = [["B-PER", "O", "O"], ["B-LOC"], ["B-ORG", "I-PER"]].map(spansOfTags);
  const parts = totalOf({ count: countEntities }, gold.slice(0, 1), predicted.slice(0, 1));
  const whole = { ...parts };
  addCounts(whole, totalOf({ count: countEntities }, gold.slice(1), predicted.slice(1)));
  expect(whole).toEqual(totalOf({ count: countEntities }, gold, predicted));
});

test("an entity is found only where type and both ends are right", () => {
  const gold = spansOfTags(["B-PER", "I-PER", "O", "B-LOC", "O"]);
  const predicted = spansOfTags(["B-PER", "O", "O", "B-LOC", "B-ORG"]);
  const total = countEntities(gold, predicted);
  expect(taggerMetrics.precision.score(total)).toBeCloseTo(1 / 3, 15);
  expect(taggerMetrics.recall.score(total)).toBe(0.5);
  expect(taggerMetrics.f1.score(total)).toBe(0.4);
  expect(scoresByLabel(total)).toEqual({
    LOC: { precision: 1, recall: 1, f1: 1, support: 1 },
    ORG: { precision: 0, recall: 0, f1: 0, support: 0 },
    PER: { precision: 0, recall: 0, f1: 0, support: 1 },
  });
});

test("labels named like parts of an object are counted like any other", () => {
  const labels = ["__proto__", "constructor", "gold:a", ""];
  const total = totalOf(
    macroF1,
    labels,
    labels.map((label) => decide(label)),
  );
  expect(macroF1.score(total)).toBe(1);
  expect(Object.keys(scoresByLabel(total)).sort()).toEqual([...labels].sort());
});

interface ClassificationGolden {
  readonly cases: readonly {
    readonly labels: number;
    readonly gold: readonly number[];
    readonly pred: readonly number[];
    readonly probabilities: readonly (readonly number[])[];
    readonly accuracy: number;
    readonly macro: readonly [number, number, number];
    readonly perClass: readonly (readonly [number, number, number])[];
    readonly logLoss: number;
  }[];
}

test.skipIf(!hasGolden("classification.json"))(
  "gives scikit-learn's figures (skipped where ../shared is absent)",
  () => {
    const { cases } = JSON.parse(readFileSync(goldenPath("classification.json"), "utf8")) as ClassificationGolden;
    for (const each of cases) {
      const gold = each.gold.map(String);
      const predicted = each.pred.map((label, i) =>
        decide(String(label), Object.fromEntries((each.probabilities[i] ?? []).entries())),
      );
      expect(accuracy.score(totalOf(accuracy, gold, predicted))).toBeCloseTo(each.accuracy, 10);
      const byLabel = totalOf(macroF1, gold, predicted);
      expect(macroF1.score(byLabel)).toBeCloseTo(each.macro[2], 10);
      expect(logLoss.score(totalOf(logLoss, gold, predicted))).toBeCloseTo(each.logLoss, 10);
      for (const [label, { precision, recall, f1 }] of Object.entries(scoresByLabel(byLabel))) {
        const expected = each.perClass[Number(label)];
        for (const [i, figure] of [precision, recall, f1].entries())
          expect(figure).toBeCloseTo(expected?.[i] ?? -1, 10);
      }
    }
  },
);

interface EntitiesGolden {
  readonly cases: readonly {
    readonly scheme: string;
    readonly gold: readonly (readonly string[])[];
    readonly pred: readonly (readonly string[])[];
    readonly conlleval: {
      readonly micro: readonly [number, number, number];
      readonly report: Readonly<
        Record<string, { precision: number; recall: number; "f1-score": number; support: number }>
      >;
    };
  }[];
}

test.skipIf(!hasGolden("entities.json"))(
  "gives seqeval's figures for IOB tags (skipped where ../shared is absent)",
  () => {
    const { cases } = JSON.parse(readFileSync(goldenPath("entities.json"), "utf8")) as EntitiesGolden;
    const chosen = cases.filter(({ scheme }) => scheme === "IOB1" || scheme === "IOB2");
    expect(chosen).not.toHaveLength(0);
    for (const { gold, pred, conlleval } of chosen) {
      const total = totalOf({ count: countEntities }, gold.map(spansOfTags), pred.map(spansOfTags));
      const { precision, recall, f1 } = taggerMetrics;
      for (const [i, { score }] of [precision, recall, f1].entries()) {
        expect(score(total)).toBeCloseTo(conlleval.micro[i] ?? -1, 10);
      }
      for (const [type, scores] of Object.entries(scoresByLabel(total))) {
        const expected = conlleval.report[type];
        expect(scores.support).toBe(expected?.support);
        expect(scores.precision).toBeCloseTo(expected?.precision ?? -1, 10);
        expect(scores.recall).toBeCloseTo(expected?.recall ?? -1, 10);
        expect(scores.f1).toBeCloseTo(expected?.["f1-score"] ?? -1, 10);
      }
    }
  },
);
