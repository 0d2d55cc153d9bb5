import type { Response } from "express";
import type { RunAnswer } from "../answers.js";
import { chooseModel } from "../choose-model.js";
import type { Route } from "../route.js";
import { runModel } from "../run-model.js";
import { parseRunRequest } from "../run-request.js";

/** `POST /v1/run`: what a model says of one text or several. */
export const run: Route = {
  method: "post",
  path: "/v1/run",
  handler:
    ({ models, limits }) =>
    async (request, response) => {
      const signal = signalOf(response);
      const { task, texts, model: id, options } = parseRunRequest(request.body, limits);
      const { card } = chooseModel(models.catalog, task, id);
      const results = await models.use(card, (model) => runModel(model, texts, { ...options, signal }));
      response.json({ results } satisfies RunAnswer);
    },
};

/** Fires when the client goes away before it has its answer. */
function signalOf(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once("close", () => {
    if (!response.writableEnded) controller.abort(new Error("The client closed the connection."));
  });
  return controller.signal;
}
