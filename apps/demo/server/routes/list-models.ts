import { contractOf, optionsOf, type Task, tasks } from "bifocal";
import type { ModelsAnswer, TaskEntry } from "../answers.js";
import type { Catalog } from "../catalog.js";
import type { Route } from "../route.js";

/** `GET /v1/models`: what the server can answer with, and why a lens has no model where it has none. */
export const listModels: Route = {
  method: "get",
  path: "/v1/models",
  handler:
    ({ models: { catalog } }) =>
    (_request, response) => {
      const answer: ModelsAnswer = {
        tasks: tasks.map((task) => describeTask(catalog, task)),
        models: catalog.listModels(),
      };
      response.json(answer);
    },
};

function describeTask(catalog: Catalog, task: Task): TaskEntry {
  const byDefault = catalog.listModels().find((listing) => listing.card.task === task && listing.default);
  return {
    task,
    contract: contractOf[task],
    default: byDefault?.card.id ?? null,
    lenses: catalog.lensesOf(task),
    options: optionsOf(task),
  };
}
