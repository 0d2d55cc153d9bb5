import { fetchModels } from "./api.js";
import { byId, element } from "./element.js";
import { startForm } from "./form.js";

try {
  startForm(await fetchModels());
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  byId("results", HTMLElement).replaceChildren(element("p", { class: "notice", role: "alert" }, message));
}
