import { parseTask, type Task, tasks } from "@bifocal/contracts";

/** What a model of the Hub may be pulled for: one of the tasks, or to embed texts. */
export type HubTask = Task | "feature-extraction";

export function isHubTask(name: unknown): name is HubTask {
  return name === "feature-extraction" || tasks.some((each) => each === name);
}

/** @throws {BifocalError} `unknown-task`, with the nearest names. */
export function parseHubTask(name: string): HubTask {
  return name === "feature-extraction" ? name : parseTask(name);
}
