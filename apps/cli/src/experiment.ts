import { dirname, resolve } from "node:path";
import { readText } from "@bifocal/corpus";
import {
  BifocalError,
  callOptions,
  didYouMean,
  messageOf,
  type OptionRule,
  type Task,
  taskOfPipeline,
  zeroShotRules,
} from "bifocal";
import { parseSettings, type SettingValue } from "./set-values.js";

/** What a comparison compares, and on what. */
export interface Experiment {
  readonly task: Task;
  /** Names of models; with `train`, a learner's name is trained. */
  readonly models: readonly string[];
  readonly train?: string;
  readonly test: string;
  /** Sizes of training data at which learners are compared too, as a learning curve. */
  readonly sizes: readonly number[];
  /**
   * How models write: `sentences`, `numBeams`, `sourceLanguage` and so on; of text classification the labels of one's own,
   * for the models that compare texts; empty for other tasks.
   */
  readonly options: Readonly<Record<string, SettingValue>>;
  /** Folder of the report; without one it is printed only. */
  readonly output?: string;
}

/** The fields as they come from flags or a file, unchecked. */
export type ExperimentFields = Readonly<Partial<Record<keyof Experiment, unknown>>>;

const fieldNames: readonly string[] = ["task", "models", "train", "test", "sizes", "options", "output"];

const writing = callOptions["text-generator"];

/** What may be set of the models of a task. */
const rulesOf: Readonly<Partial<Record<Task, Readonly<Record<string, OptionRule>>>>> = {
  summarization: writing,
  translation: writing,
  "text-classification": zeroShotRules,
};

/**
 * Checks the fields of an experiment.
 * @throws {BifocalError} `invalid-input` for what is missing or malformed, `unknown-task`.
 */
export function parseExperiment(fields: ExperimentFields): Experiment {
  const { train, output } = fields;
  const models = listOf(fields.models).map(String);
  const sizes = listOf(fields.sizes).map(Number);
  if (models.length < 2) throw new BifocalError("invalid-input", "A comparison needs at least two models.");
  if (!sizes.every((size) => Number.isInteger(size) && size > 0))
    throw new BifocalError("invalid-input", "Sizes are whole numbers of training items: 100,1000.");
  if (sizes.length > 0 && train === undefined)
    throw new BifocalError("invalid-input", "Sizes are of training data: give train too.");
  const task = taskOfPipeline(textOf("task", fields.task));
  return {
    task,
    models,
    sizes,
    options: parseSettings(settingsOf(fields.options), rulesOf[task] ?? {}, `A comparison for ${task}`),
    test: textOf("test", fields.test),
    ...(output !== undefined && { output: textOf("output", output) }),
    ...(train !== undefined && { train: textOf("train", train) }),
  };
}

/**
 * The fields of an experiment file (YAML); its paths are taken from the folder that it is in.
 * @throws {BifocalError} `unreadable`; `invalid-input` where it is not YAML; `unknown-option` for another field.
 */
export async function readExperiment(path: string): Promise<ExperimentFields> {
  const fields = await parseYaml(path);
  const foreign = Object.keys(fields).find((name) => !fieldNames.includes(name));
  if (foreign !== undefined)
    throw new BifocalError("unknown-option", `${path} has a field "${foreign}". ${didYouMean(foreign, fieldNames)}`);
  const paths = ["train", "test", "output"] as const;
  const resolved = paths.flatMap((name) => {
    const value = fields[name];
    return typeof value === "string" ? [[name, resolve(dirname(path), value)] as const] : [];
  });
  return { ...fields, ...Object.fromEntries(resolved) };
}

async function parseYaml(path: string): Promise<ExperimentFields> {
  const { parse } = await import("yaml");
  const text = await readText(path);
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    throw new BifocalError("invalid-input", `${path} is not YAML: ${messageOf(error)}`, { cause: error });
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new BifocalError("invalid-input", `${path} is no experiment: it needs ${fieldNames.join(", ")}.`);
}

/** `a,b` as a flag gives it, or a list as a file does. */
function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === "number") return [value];
  return typeof value === "string" ? value.split(",").map((each) => each.trim()) : [];
}

/** `name=value`, as flags give them, of a list or a mapping. */
function settingsOf(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return listOf(value).map(String);
  if (Array.isArray(value)) return value.map(String);
  return Object.entries(value).flatMap(([name, each]) => [each].flat().map((one) => `${name}=${one}`));
}

function textOf(name: keyof Experiment, value: unknown): string {
  if (value === "-") throw new BifocalError("invalid-input", `${name} must be a file: a comparison reads it twice.`);
  if (typeof value === "string" && value !== "") return value;
  throw new BifocalError("invalid-input", `The experiment has no ${name}. Give it: --${name}, or in the file.`);
}
