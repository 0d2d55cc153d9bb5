import { BifocalError, didYouMean, type ModelListing, type Task } from "bifocal";
import type { Catalog } from "./catalog.js";

/**
 * The listed model that is to answer: the one named, or the task's default. Nothing else is ever opened, so that a
 * request can reach neither a path nor the network.
 * @throws {BifocalError} `unknown-model` with the nearest names, `wrong-task`, or `no-model` with what to do.
 */
export function chooseModel(catalog: Catalog, task: Task, id?: string): ModelListing {
  return id === undefined ? defaultModel(catalog, task) : namedModel(catalog.listModels(), task, id);
}

function namedModel(models: readonly ModelListing[], task: Task, id: string): ModelListing {
  const named = models.find(({ card }) => card.id === id);
  if (named?.card.task === task) return named;
  if (named !== undefined)
    throw new BifocalError("wrong-task", `"${id}" is a model for ${named.card.task}, not ${task}.`);
  const known = models.filter(({ card }) => card.task === task).map(({ card }) => card.id);
  const hint = known.length > 0 ? didYouMean(id, known) : "It has none for this task.";
  throw new BifocalError(
    "unknown-model",
    `This server has no model "${id}"; GET /v1/models lists what it has. ${hint}`,
  );
}

function defaultModel(catalog: Catalog, task: Task): ModelListing {
  const found = catalog.listModels().find((listing) => listing.card.task === task && listing.default);
  if (found !== undefined) return found;
  const reason = catalog.lensesOf(task).find((lens) => lens.reason !== undefined)?.reason ?? "";
  throw new BifocalError("no-model", `This server has no default model for ${task}. ${reason}`.trim());
}
