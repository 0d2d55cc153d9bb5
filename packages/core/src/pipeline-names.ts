import { BifocalError, parseTask, type Task } from "@bifocal/contracts";

/** A task by its name, or as the Hub calls it. */
export type TaskName = Task | "token-classification" | "zero-shot-classification";

/** The task that a name stands for. */
export type TaskOf<N extends TaskName> = N extends "token-classification"
  ? "ner"
  : N extends "zero-shot-classification"
    ? "text-classification"
    : Extract<N, Task>;

const zeroShot = "zero-shot-classification";

/** The task of a pipeline's name. @throws {BifocalError} `unknown-task`, with the nearest names. */
export function taskOfPipeline<N extends string>(name: N): N extends TaskName ? TaskOf<N> : Task;
export function taskOfPipeline(name: string): Task {
  return name === zeroShot ? "text-classification" : parseTask(name);
}

/** @throws {BifocalError} `invalid-input` where a pipeline's name asks for more than it is given. */
export function checkPipelineName(name: string, model: unknown, options: object): void {
  if (name !== zeroShot || (typeof model === "string" && "labels" in options)) return;
  throw new BifocalError(
    "invalid-input",
    `${zeroShot} needs a model that compares texts (a Hub id or a folder) and labels of yours: sports and politics, say.`,
  );
}
