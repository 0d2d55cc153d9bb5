import { availableParallelism } from "node:os";
import { basename } from "node:path";
import { BifocalError, checkMetric, type Learner, type NumberRule, parseTask, type TrainOptions } from "bifocal";
import type { InputOptions } from "./input-options.js";
import type { LabelOptions } from "./label-options.js";
import { parseSettings, parseValue } from "./set-values.js";
import { parseSearch } from "./train-search.js";
import type { Examination } from "./train-worker.js";

/** What `bifocal train` is given. */
export interface TrainCommandOptions extends InputOptions, LabelOptions {
  readonly data: string;
  readonly output: string;
  readonly task?: string;
  readonly dev?: string;
  readonly set?: readonly string[];
  readonly search?: readonly string[];
  readonly trials?: string;
  readonly folds?: string;
  readonly foldField?: string;
  readonly weightField?: string;
  readonly metric?: string;
  readonly patience?: string;
  readonly seed?: string;
  readonly workers?: string;
  readonly force?: boolean;
  readonly id?: string;
  readonly language?: string;
  readonly licence?: string;
  readonly json?: boolean;
}

/** What is to be done with the items, once they are read. */
export interface TrainPlan {
  readonly options: Omit<TrainOptions, "signal" | "onProgress" | "dev">;
  readonly examination?: Omit<Examination, "foldOf">;
}

const numberRules = {
  folds: { type: "integer", min: 2, max: 1_000_000, about: "" },
  trials: { type: "integer", min: 1, max: 10_000, about: "" },
  patience: { type: "integer", min: 0, max: 1_000_000, about: "" },
  seed: { type: "integer", min: 0, max: 2 ** 32 - 1, about: "" },
  workers: { type: "integer", min: 1, max: 1024, about: "" },
} as const satisfies Record<string, NumberRule>;

/** The plan of a command line, checked before anything is read. @throws {BifocalError} for what the learner does not take. */
export function planOf(learner: Learner, given: TrainCommandOptions): TrainPlan {
  const { task, metric } = given;
  const number = (name: keyof typeof numberRules): number | undefined =>
    given[name] === undefined ? undefined : (parseValue(`--${name}`, given[name], numberRules[name]) as number);
  const [patience, seed] = [number("patience"), number("seed")];
  const workers = number("workers");
  const examination = examinationOf(learner, given, number("folds"), number("trials"));
  if (patience !== undefined && given.dev === undefined)
    throw new BifocalError("invalid-input", "--patience is for measurements on --dev: there is none.");
  if (metric !== undefined) checkMetric(metric, learner.reads);
  if (metric !== undefined && given.dev === undefined && examination === undefined)
    throw new BifocalError(
      "invalid-input",
      "--metric decides by --dev, --folds or --fold-field: there is none of them.",
    );
  return {
    options: {
      ...cardOptions(given),
      settings: parseSettings(given.set ?? [], learner.settings, learner.name),
      onAbort: "keep-best",
      ...(workers !== undefined && { workers }),
      ...(task !== undefined && { task: parseTask(task) }),
      ...(metric !== undefined && { metric: checkMetric(metric, learner.reads) }),
      ...(patience !== undefined && { patience }),
      ...(seed !== undefined && { seed }),
    },
    ...(examination !== undefined && {
      examination: { ...examination, workers: workers ?? availableParallelism() },
    }),
  };
}

function examinationOf(
  learner: Learner,
  { search = [], dev, foldField }: TrainCommandOptions,
  folds: number | undefined,
  trials: number | undefined,
): Omit<NonNullable<TrainPlan["examination"]>, "workers"> | undefined {
  if (folds !== undefined && foldField !== undefined)
    throw new BifocalError("invalid-input", "--folds draws folds and --fold-field reads them: give one of the two.");
  if (trials !== undefined && search.length === 0)
    throw new BifocalError("invalid-input", "--trials is how many settings of a --search are tried: there is none.");
  const hasFolds = folds !== undefined || foldField !== undefined;
  if (search.length === 0 && !hasFolds) return undefined;
  return {
    ...(folds !== undefined && { folds }),
    ...(trials !== undefined && { trials }),
    ...(search.length > 0 && { search: parseSearch(search, learner), onDev: dev !== undefined && !hasFolds }),
  };
}

function cardOptions({ data, output, id, language, licence }: TrainCommandOptions) {
  return {
    id: id ?? basename(output).replace(/\.bifocal$/, ""),
    trainedOn: [data === "-" ? "stdin" : basename(data)],
    ...(language !== undefined && { languages: [language] }),
    ...(licence !== undefined && { licence }),
  };
}
