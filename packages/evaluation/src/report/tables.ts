import type { ComparedModel, Comparison, Proportion } from "../comparison.js";
import type { LearningCurve } from "../learning-curve.js";
import { fraction, noFigure, printable, pValue, seconds } from "./figures.js";
import type { Report } from "./report.js";
import type { Table } from "./table.js";

/** The tables of a report: models, pairs, and the learning curve where there is one. */
export function tablesOf({ comparison, curve }: Report): Table[] {
  return [modelsTable(comparison), pairsTable(comparison), ...(curve === undefined ? [] : [curveTable(curve)])];
}

function modelsTable(comparison: Comparison): Table {
  const { models, items, correctness, confidence } = comparison;
  const metrics = metricNames(models);
  const interval = `${correctness} [${Number((confidence * 100).toPrecision(6))} %]`;
  return {
    title: `${models.length} models on the same ${items} items`,
    textColumns: 3,
    header: ["model", "paradigm", "family", ...metrics, interval, "failed", "seen", "seconds"],
    rows: models.map((model) => [
      printable(model.name),
      model.paradigm,
      printable(model.family),
      ...metrics.map((metric) => fraction(model.scores[metric])),
      proportion(model.correct),
      String(model.failed),
      model.seen === null ? "unknown" : String(model.seen),
      seconds(model.milliseconds),
    ]),
  };
}

function metricNames(models: readonly ComparedModel[]): string[] {
  return [...new Set(models.flatMap(({ scores }) => Object.keys(scores)))];
}

function proportion({ rate, interval }: Proportion): string {
  return interval === null ? noFigure : `${fraction(rate)} [${fraction(interval.low)}, ${fraction(interval.high)}]`;
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
