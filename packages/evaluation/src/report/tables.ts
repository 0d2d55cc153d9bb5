import type { ComparedDifference, ComparedModel, Comparison } from "../comparison.js";
import type { LearningCurve } from "../learning-curve.js";
import type { Interval } from "../statistics/wilson.js";
import { fraction, printable, pValue, seconds } from "./figures.js";
import type { Report } from "./report.js";
import type { Table } from "./table.js";

/** The tables of a report: models, pairs, and the learning curve where there is one. */
export function tablesOf({ comparison, curve }: Report): Table[] {
  return [
    modelsTable(comparison),
    ...(comparison.pairs.length > 0 ? [pairsTable(comparison)] : []),
    ...(comparison.differences.length > 0 ? [differencesTable(comparison)] : []),
    ...(curve === undefined ? [] : [curveTable(curve)]),
  ];
}

function modelsTable(comparison: Comparison): Table {
  const { models, items, correctness, confidence } = comparison;
  const metrics = metricNames(models);
  const interval = ` [${percent(confidence)} %]`;
  const withInterval = (metric: string) => models.some(({ intervals }) => intervals[metric] !== undefined);
  return {
    title: `${models.length} models on the same ${items} items`,
    textColumns: 3,
    header: [
      ...["model", "paradigm", "family"],
      ...metrics.map((metric) => (withInterval(metric) ? metric + interval : metric)),
      ...(correctness === undefined ? [] : [correctness + interval]),
      ...["failed", "seen", "seconds"],
    ],
    rows: models.map((model) => [
      printable(model.name),
      model.paradigm,
      printable(model.family),
      ...metrics.map((metric) => estimate(model.scores[metric], model.intervals[metric])),
      ...(correctness === undefined ? [] : [estimate(model.correct?.rate, model.correct?.interval)]),
      String(model.failed),
      model.seen === null ? "unknown" : String(model.seen),
      seconds(model.milliseconds),
    ]),
  };
}

function metricNames(models: readonly ComparedModel[]): string[] {
  return [...new Set(models.flatMap(({ scores }) => Object.keys(scores)))];
}

function estimate(value: number | null | undefined, interval: Interval | null | undefined): string {
  return interval ? `${fraction(value)} [${fraction(interval.low)}, ${fraction(interval.high)}]` : fraction(value);
}

function percent(confidence: number): number {
  return Number((confidence * 100).toPrecision(6));
}

function pairsTable({ pairs, correctness }: Comparison): Table {
  return {
    title: `Each pair, by ${correctness}: exact McNemar test, two-sided`,
    textColumns: 1,
    header: ["pair", "both answered", "only first right", "only second right", "p", "p (Holm)"],
    rows: pairs.map((pair) => [
      pair.models.map(printable).join(" · "),
      String(pair.items),
      String(pair.onlyFirstCorrect),
      String(pair.onlySecondCorrect),
      pValue(pair.p),
      pValue(pair.adjusted),
    ]),
  };
}

function differencesTable({ differences, confidence, resampling }: Comparison): Table {
  const draws = resampling === undefined ? "" : `, ${resampling.samples} draws of the items by seed ${resampling.seed}`;
  return {
    title: `Each pair, second less first: paired bootstrap${draws}; not corrected for the number of pairs`,
    textColumns: 3,
    header: ["pair", "metric", "better", "both answered", `difference [${percent(confidence)} %]`],
    rows: differences.map((each) => [
      each.models.map(printable).join(" · "),
      each.metric,
      printable(betterOf(each) ?? "neither for sure"),
      String(each.items),
      estimate(each.difference, each),
    ]),
  };
}

/** The model that is better all over the interval. */
function betterOf({ models: [first, second], better, low, high }: ComparedDifference): string | undefined {
  if (low <= 0 && high >= 0) return undefined;
  return low > 0 === (better === "higher") ? second : first;
}

function curveTable({ points, seed }: LearningCurve): Table {
  const metrics = [
    ...new Set(points.flatMap((point) => ("evaluation" in point ? Object.keys(point.evaluation.scores) : []))),
  ];
  return {
    title: `Learning curve on nested subsets (seed ${seed})`,
    textColumns: 1,
    header: ["learner", "size", ...metrics, "training seconds"],
    rows: points.map((point) => [
      printable(point.learner),
      String(point.size),
      ...("evaluation" in point
        ? [...metrics.map((metric) => fraction(point.evaluation.scores[metric])), seconds(point.trainingMilliseconds)]
        : [...metrics, ""].map(() => "failed")),
    ]),
  };
}
