import type { ModelCard } from "bifocal";
import { visible } from "./text.js";

/** A model's card for a person: a line a field, lists over several. */
export function cardLines(card: ModelCard): string[] {
  return Object.entries(card).flatMap(([name, value]) => fieldLines(name, value));
}

function fieldLines(name: string, value: unknown): string[] {
  const label = name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`).padEnd(12);
  if (!Array.isArray(value)) return [`${label} ${shown(value)}`];
  if (value.every((each) => typeof each === "string" && each.length < 30))
    return [`${label} ${value.map(shown).join(", ")}`];
  return [label.trimEnd(), ...value.map((each) => `  - ${shown(each)}`)];
}

function shown(value: unknown): string {
  if (typeof value !== "object" || value === null) return visible(String(value));
  const parts = Object.entries(value).map(
    ([name, each]) => `${name} ${Array.isArray(each) ? each.join(" to ") : each}`,
  );
  return visible(parts.join(", "));
}
