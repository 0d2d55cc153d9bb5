import type { CardOf } from "bifocal";
import { visible } from "./text.js";

/** A model's card for a person: a line a field, lists over several. */
export function cardLines(card: CardOf<string>): string[] {
  return Object.entries(card).flatMap(([name, value]) => fieldLines(name, value));
}

function fieldLines(name: string, value: unknown): string[] {
  const label = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).padEnd(12);
  if (!Array.isArray(value)) return [`${label} ${shown(value)}`];
  if (value.every(isShort)) return [`${label} ${value.map(shown).join(", ") || "–"}`];
  return [label.trimEnd(), ...[...new Set(value.map(shown))].map((each) => `  - ${each}`)];
}

function isShort(value: unknown): boolean {
  return typeof value === "string" && value.length < 30;
}

function shown(value: unknown): string {
  if (typeof value !== "object" || value === null) return visible(String(value)) || "–";
  if ("metric" in value && "value" in value && "on" in value) return figureLine(value);
  const parts = Object.entries(value).map(([name, each]) => `${name} ${shown(each)}`);
  return parts.join(", ");
}

/** A figure of an embedded model's card. */
function figureLine(figure: { readonly metric: unknown; readonly value: unknown; readonly on: unknown }): string {
  const { metric, value, on } = figure;
  const items = "items" in figure ? ` (${figure.items} items)` : "";
  const interval =
    "interval" in figure && Array.isArray(figure.interval) ? ` (${figure.interval.map(rounded).join(" to ")})` : "";
  return visible(`${metric} ${rounded(value)}${interval} on ${on}${items}`);
}

function rounded(value: unknown): string {
  return typeof value === "number" ? String(Number(value.toPrecision(4))) : String(value);
}
