import type { OptionRule } from "bifocal";
import { element } from "./element.js";

/** Fills a place with a field for each option: `labels` says which and how they are called, `rules` what they take. */
export function fillOptionFields(
  place: HTMLElement,
  labels: Readonly<Record<string, string>>,
  rules: Readonly<Record<string, OptionRule>>,
): void {
  const fields = Object.entries(labels).flatMap(([name, label]) => {
    const rule = rules[name];
    return rule === undefined ? [] : [element("label", { title: rule.about }, label, fieldOf(name, rule))];
  });
  place.replaceChildren(...fields);
}

function fieldOf(name: string, rule: OptionRule): HTMLInputElement {
  if (!("max" in rule)) return element("input", { type: "text", name, autocomplete: "off" });
  const step = rule.type === "integer" ? "1" : "any";
  const min = String(rule.min ?? rule.above ?? "");
  return element("input", { type: "number", name, step, min, max: String(rule.max), placeholder: "the model's own" });
}

/** The options that were filled in. */
export function readOptionFields(place: HTMLElement): Record<string, string | number> {
  const filled = [...place.querySelectorAll("input")].filter(({ value }) => value.trim() !== "");
  return Object.fromEntries(
    filled.map(({ name, type, value, valueAsNumber }) => [name, type === "number" ? valueAsNumber : value.trim()]),
  );
}
