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
  if (rule.type === "boolean") return element("input", { type: "checkbox", name });
  if (!("max" in rule)) return element("input", { type: "text", name, autocomplete: "off" });
  const step = rule.type === "integer" ? "1" : "any";
  const min = String(rule.min ?? rule.above ?? "");
  return element("input", { type: "number", name, step, min, max: String(rule.max), placeholder: "the model's own" });
}

/** The options that were filled in. */
export function readOptionFields(place: HTMLElement): Record<string, string | number | boolean> {
  const filled = [...place.querySelectorAll("input")].filter(({ type, checked, value }) =>
    type === "checkbox" ? checked : value.trim() !== "",
  );
  return Object.fromEntries(filled.map((field) => [field.name, filledIn(field)]));
}

function filledIn({ type, checked, value, valueAsNumber }: HTMLInputElement): string | number | boolean {
  if (type === "checkbox") return checked;
  return type === "number" ? valueAsNumber : value.trim();
}
