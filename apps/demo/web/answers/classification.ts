import type { Classification } from "bifocal";
import { element } from "../element.js";
import { areProbabilities, type Bar, barsOf } from "../scores.js";

const shown = 6;

/** The label that won, and a bar for each. */
export function showClassification({ label, scores }: Classification): Node[] {
  const bars = barsOf(scores);
  const headline = element("p", { class: "headline" }, label, " ", element("small", {}, bars[0]?.number ?? ""));
  const margins = element("p", { class: "legend" }, "Margins, not probabilities.");
  return [headline, ...foldedLists(bars), ...(areProbabilities(scores) ? [] : [margins])];
}

/** The bars; those after the first six are folded away. */
function foldedLists(bars: readonly Bar[]): Node[] {
  const first = listOf(bars.slice(0, shown));
  const rest = bars.slice(shown);
  if (rest.length === 0) return [first];
  const summary = element("summary", {}, `${rest.length} more ${rest.length === 1 ? "label" : "labels"}`);
  return [first, element("details", { class: "more" }, summary, listOf(rest))];
}

function listOf(bars: readonly Bar[]): HTMLElement {
  return element("ol", { class: "bars" }, ...bars.map(rowOf));
}

function rowOf({ label, length, number }: Bar): HTMLElement {
  const fill = element("span", { class: "bar-fill" });
  fill.style.width = `${100 * length}%`;
  return element(
    "li",
    {},
    element("span", {}, label),
    element("span", { class: "bar", "aria-hidden": "true" }, fill),
    element("span", { class: "bar-number" }, number),
  );
}
