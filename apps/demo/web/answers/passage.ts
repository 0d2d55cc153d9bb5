import { element } from "../element.js";

/** From here on a passage has its own scroll bar, and the keyboard must reach it. */
const scrolls = 1500;

/** A stretch of text, its white space kept. */
export function passage(label: string, ...content: readonly (Node | string)[]): HTMLElement {
  const made = element("div", { class: "passage", role: "group", "aria-label": label }, ...content);
  if ((made.textContent ?? "").length > scrolls) made.tabIndex = 0;
  return made;
}
