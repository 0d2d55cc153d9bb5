import { BifocalError } from "./errors.js";
import { didYouMean } from "./suggest.js";

/** The six tasks, in the order in which they are listed everywhere. */
export const tasks = [
  "text-classification",
  "sentiment-analysis",
  "ner",
  "summarization",
  "translation",
  "text-generation",
] as const;

/** A task, by its id. */
export type Task = (typeof tasks)[number];

/** What a model of a task does, whatever its mathematics: decide on a text, mark spans in it, or write. */
export type ContractName = "classifier" | "tagger" | "text-generator";

/** The contract that every model of a task meets. */
export const contractOf = {
  "text-classification": "classifier",
  "sentiment-analysis": "classifier",
  ner: "tagger",
  summarization: "text-generator",
  translation: "text-generator",
  "text-generation": "text-generator",
} as const satisfies Record<Task, ContractName>;

/** Other names by which a task is known; the Hub calls `ner` `token-classification`. */
export const taskAliases: Readonly<Record<string, Task>> = { "token-classification": "ner" };

/**
 * The task of a name or alias.
 * @throws {BifocalError} `unknown-task`, with the nearest names.
 */
export function parseTask(name: string): Task {
  const task =
    tasks.find((known) => known === name) ?? (Object.hasOwn(taskAliases, name) ? taskAliases[name] : undefined);
  if (task !== undefined) return task;
  throw new BifocalError("unknown-task", `There is no task "${name}". ${didYouMean(name, tasks)}`);
}

/** A model's mathematics: p(label | text), p(text, label) or p(text), or no learned probability at all. */
export const paradigms = ["discriminative", "generative", "rule-based"] as const;

/** What a model's mathematics is, by name. */
export type Paradigm = (typeof paradigms)[number];
