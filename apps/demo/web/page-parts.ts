import { byId } from "./element.js";

/** The parts of index.html that the scripts fill or listen to. */
export interface PageParts {
  readonly form: HTMLFormElement;
  readonly tasks: HTMLFieldSetElement;
  readonly variants: HTMLFieldSetElement;
  readonly variantsLegend: HTMLElement;
  readonly aboutTask: HTMLElement;
  readonly text: HTMLTextAreaElement;
  readonly examples: HTMLElement;
  readonly options: HTMLElement;
  readonly optionFields: HTMLElement;
  readonly status: HTMLElement;
  readonly results: HTMLElement;
}

/** @throws {Error} where one is missing. */
export function findParts(): PageParts {
  return {
    form: byId("form", HTMLFormElement),
    tasks: byId("tasks", HTMLFieldSetElement),
    variants: byId("variants", HTMLFieldSetElement),
    variantsLegend: byId("variants-legend", HTMLElement),
    aboutTask: byId("about-task", HTMLElement),
    text: byId("text", HTMLTextAreaElement),
    examples: byId("examples", HTMLElement),
    options: byId("options", HTMLElement),
    optionFields: byId("option-fields", HTMLElement),
    status: byId("status", HTMLElement),
    results: byId("results", HTMLElement),
  };
}
