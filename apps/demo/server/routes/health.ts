import type { Route } from "../route.js";

/** `GET /healthz`: whether the server answers at all. */
export const health: Route = {
  method: "get",
  path: "/healthz",
  handler: () => (_request, response) => {
    response.json({ status: "ok" });
  },
};
