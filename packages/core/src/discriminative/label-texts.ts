import { BifocalError } from "@bifocal/contracts";

/** Labels that a model was not trained on, and how they are said to it. */
export interface LabelOptions {
  /** The labels, two or more; each may have a text that says it better than its name. */
  readonly labels: readonly string[] | Readonly<Record<string, string>>;
  /** What stands around a label's text, in place of `{}`. */
  readonly template?: string;
}

export interface LabelTexts {
  readonly labels: readonly string[];
  /** What says each of them to the model. */
  readonly texts: readonly string[];
}

/** @throws {BifocalError} `invalid-input` for fewer than two labels, two of one name, one without text, a template without `{}`. */
export function labelTexts({ labels: given, template = "{}" }: LabelOptions, fewest = 2): LabelTexts {
  const invalid = (message: string): BifocalError => new BifocalError("invalid-input", message);
  const named: (readonly [string, string])[] = isList(given)
    ? given.map((label) => [label, label] as const)
    : Object.entries(given ?? {});
  const labels = named.map(([label]) => label);
  if (named.some((each) => each.some((part) => typeof part !== "string")))
    throw invalid("Each label must be a text, and so must what says it.");
  if (labels.length < fewest)
    throw invalid(`A classifier needs at least ${fewest === 1 ? "one label" : "two labels"}.`);
  const twice = labels.find((label, i) => labels.indexOf(label) < i);
  if (twice !== undefined) throw invalid(`The label "${twice}" is there twice.`);
  const silent = named.find(([, text]) => text.trim() === "");
  if (silent !== undefined) throw invalid(`The label "${silent[0]}" needs a text that says it to the model.`);
  if (typeof template !== "string" || !template.includes("{}"))
    throw invalid('The template needs "{}", where the label stands.');
  return { labels, texts: named.map(([, text]) => template.replace("{}", () => text)) };
}

function isList(given: LabelOptions["labels"]): given is readonly string[] {
  return Array.isArray(given);
}
