import type { Evaluation } from "@bifocal/evaluation";
import type { CrossValidation, Search, SearchTrial, TrainingRecord } from "bifocal";
import type { Examined } from "../train-worker.js";
import { unknownLines } from "./evaluation.js";
import { table } from "./table.js";

/** What a training came to. */
export interface TrainSummary extends Examined {
  readonly learner: string;
  /** Id of the model. */
  readonly model: string;
  readonly items: number;
  readonly labels: readonly string[];
  readonly seconds: number;
  /** Size of the model file. */
  readonly bytes: number;
  readonly output: string;
  /** Settings, seed, version, iterations and objective: as the model's card has them. */
  readonly training?: TrainingRecord;
  /** Its figures on the data that was kept for that. */
  readonly dev?: Readonly<Record<string, unknown>>;
}

/** The summary for a person. */
export function summaryLines(summary: TrainSummary): string[] {
  const { learner, items, labels, seconds, bytes, output, training, search, crossValidation, dev } = summary;
  const examined = examinedLines({ ...(search && { search }), ...(crossValidation && { crossValidation }) });
  return [
    ...(examined.length > 0 ? [...examined, ""] : []),
    `${learner} learned from ${items} items in ${seconds} s.`,
    ...(labels.length > 0 ? [`labels  ${shortened(labels)}`] : []),
    ...(training === undefined ? [] : trainingLines(training)),
    `file    ${output}, ${(bytes / 1024).toFixed(0)} KiB`,
    ...(dev === undefined ? [] : devLines(dev, training)),
  ];
}

/** What the trainings before the model's own came to. */
export function examinedLines({ search, crossValidation }: Examined): string[] {
  return [
    ...(search === undefined ? [] : searchLines(search)),
    ...(crossValidation === undefined ? [] : validationLines(crossValidation)),
  ];
}

function shortened(labels: readonly string[]): string {
  return labels.length > 12 ? `${labels.slice(0, 12).join(", ")} and ${labels.length - 12} more` : labels.join(", ");
}

function trainingLines({ iterations, objective, ended }: TrainingRecord): string[] {
  if (iterations === undefined) return [];
  const reached = objective === undefined ? "" : `, objective ${objective.toPrecision(6)}`;
  const why = {
    early: ", the best on the dev data",
    aborted: ", when it was interrupted",
    limit: ", not yet within the tolerance: --set iterations= allows more",
  };
  return [`steps   ${iterations}${reached}${ended === undefined ? "" : why[ended]}`];
}

function devLines(dev: Readonly<Record<string, unknown>>, training: TrainingRecord | undefined): string[] {
  const figures = Object.entries(dev).flatMap(([name, value]) =>
    typeof value === "number" && name !== "milliseconds" ? [`${name} ${rounded(value)}`] : [],
  );
  if (figures.length === 0) return [];
  return [
    `dev     ${figures.join(", ")}${training?.dev === undefined ? "" : " (which chose the step)"}`,
    ...unknownLines((dev as Partial<Evaluation>).unknownLabels ?? {}),
  ];
}

/** All trials in the order in which they were tried, the winner marked. */
function searchLines({ trials, metric, score }: Search): string[] {
  const names = Object.keys(trials[0]?.settings ?? {});
  const winner = trials.findIndex((trial) => "score" in trial && trial.score === score);
  const rows = trials.map((trial, i) => [
    i === winner ? "→" : " ",
    ...names.map((name) => String(trial.settings[name])),
    ...scoreCells(trial),
  ]);
  return table([[" ", ...names, metric, "±"], ...rows]);
}

function scoreCells(trial: SearchTrial): [string, string] {
  if ("failure" in trial) return [`failed: ${trial.failure.message}`, ""];
  return [trial.score.toFixed(4), trial.deviation?.toFixed(4) ?? ""];
}

function validationLines({ folds, metric, mean, deviation }: CrossValidation): string[] {
  const rows = folds.map(({ fold, items, score }) => [fold, String(items), score.toFixed(4)]);
  return [
    ...table([["fold", "items", metric], ...rows]),
    `mean ${mean.toFixed(4)}, standard deviation of the folds ${deviation.toFixed(4)}`,
  ];
}

function rounded(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(4);
}
