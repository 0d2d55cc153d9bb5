import type { Entity, Tagging } from "bifocal";
import { element } from "../element.js";
import { percent } from "../scores.js";
import { segmentsOf } from "../segments.js";
import { passage } from "./passage.js";

/** Labels of one colour; what is not here has the last. */
const hues: Readonly<Record<string, number>> = { PER: 1, ORG: 2, LOC: 3, DATE: 4, TIME: 4, MONEY: 5, PERCENT: 5 };

/** The text with its entities marked, and how many there are of each label. */
export function showTagging({ entities }: Tagging, text: string): Node[] {
  const pieces = segmentsOf(text, entities).map((segment) =>
    segment.span === undefined ? segment.text : markOf(segment.span),
  );
  return [passage("The text with its entities", ...pieces), legendOf(entities)];
}

function markOf({ text, label, score }: Entity): HTMLElement {
  const name = element("span", { class: "entity-label" }, label);
  return element("mark", { class: hueOf(label), title: `${label}, ${percent(score)}` }, text, name);
}

function legendOf(entities: readonly Entity[]): HTMLElement {
  if (entities.length === 0) return element("p", { class: "legend" }, "No entity found.");
  const counts = new Map<string, number>();
  for (const { label } of entities) counts.set(label, (counts.get(label) ?? 0) + 1);
  const items = [...counts].map(([label, count]) =>
    element("li", { class: hueOf(label) }, element("span", { class: "swatch" }), `${label} ${count}`),
  );
  return element("ul", { class: "legend", "aria-label": "Entities by label" }, ...items);
}

function hueOf(label: string): string {
  return `hue-${Object.hasOwn(hues, label) ? hues[label] : 6}`;
}
