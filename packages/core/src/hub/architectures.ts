import { BifocalError, type Task } from "@bifocal/contracts";
import type { ModelConfig } from "./model-config.js";

/** What the name of an architecture ends with, and the tasks that such a model can do. */
const tasksByEnding: readonly (readonly [ending: string, tasks: readonly Task[]])[] = [
  ["ForSequenceClassification", ["text-classification", "sentiment-analysis"]],
  ["ForTokenClassification", ["ner"]],
  ["ForConditionalGeneration", ["summarization", "translation"]],
  ["MTModel", ["summarization", "translation"]],
  ["ForCausalLM", ["text-generation"]],
  ["LMHeadModel", ["text-generation"]],
];

/**
 * Refuses a model that was made for another task. A configuration that names no architecture is taken at its word.
 * @throws {BifocalError} `wrong-task`, saying which tasks it has.
 */
export function checkArchitecture(task: Task, { architectures = [] }: ModelConfig, name: string): void {
  const [architecture] = architectures;
  if (architecture === undefined) return;
  const able = tasksByEnding.find(([ending]) => architecture.endsWith(ending))?.[1] ?? [];
  if (able.includes(task)) return;
  const advice =
    able.length > 0 ? `Use it for ${able.join(" or ")}, or` : "It does none of the tasks that there are here:";
  throw new BifocalError(
    "wrong-task",
    `${name} is a ${architecture}, not made for ${task}. ${advice} choose another model.`,
  );
}
