import { BifocalError } from "@bifocal/contracts";
import type { HubTask } from "./hub-task.js";
import type { ModelConfig } from "./model-config.js";

/** What the name of an architecture ends with, and the tasks that such a model can do. */
const tasksByEnding: readonly (readonly [ending: string, tasks: readonly HubTask[]])[] = [
  ["ForSequenceClassification", ["text-classification", "sentiment-analysis"]],
  ["ForTokenClassification", ["ner"]],
  ["ForConditionalGeneration", ["summarization", "translation"]],
  ["MTModel", ["summarization", "translation"]],
  ["ForCausalLM", ["text-generation"]],
  ["LMHeadModel", ["text-generation"]],
  ["Model", ["feature-extraction"]],
];

/**
 * Refuses a model that was made for another task. A configuration that names no architecture is taken at its word,
 * and so is whoever says that a model embeds.
 * @throws {BifocalError} `wrong-task`, saying which tasks it has.
 */
export function checkArchitecture(task: HubTask, { architectures = [] }: ModelConfig, name: string): void {
  const [architecture] = architectures;
  if (architecture === undefined || task === "feature-extraction") return;
  const able = tasksOf(architecture);
  if (able.includes(task)) return;
  const advice =
    able.length > 0 ? `Use it for ${able.join(" or ")}, or` : "It does none of the tasks that there are here:";
  throw new BifocalError(
    "wrong-task",
    `${name} is a ${architecture}, not made for ${task}. ${advice} choose another model.`,
  );
}

/**
 * The first of the tasks that a model was made for.
 * @throws {BifocalError} `wrong-task` where it does none, `invalid-input` where its configuration does not say.
 */
export function taskOf({ architectures = [] }: ModelConfig, name: string): HubTask {
  const [architecture] = architectures;
  const [task] = architecture === undefined ? [] : tasksOf(architecture);
  if (task !== undefined) return task;
  if (architecture === undefined) {
    throw new BifocalError(
      "invalid-input",
      `The config.json of ${name} does not say what it is for. Say it: --task TASK.`,
    );
  }
  throw new BifocalError(
    "wrong-task",
    `${name} is a ${architecture}, which does none of the tasks that there are here.`,
  );
}

function tasksOf(architecture: string): readonly HubTask[] {
  return tasksByEnding.find(([ending]) => architecture.endsWith(ending))?.[1] ?? [];
}
