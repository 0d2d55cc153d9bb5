import type { Evaluation } from "@bifocal/evaluation";
import { table } from "./table.js";

/** An evaluation as one JSON object: the figures at its top. */
export function evaluationJson({ model, items, scores, ...rest }: Evaluation): Record<string, unknown> {
  return { model, items, ...scores, ...rest };
}

/** An evaluation for a person. */
export function evaluationLines(evaluation: Evaluation): string[] {
  const { model, items, scores, skippedBecause, byLabel } = evaluation;
  const figures = Object.entries(scores).map(([name, score]) => [
    name,
    score === null ? `none: ${skippedBecause[name] ?? ""}` : score.toFixed(4),
  ]);
  const width = Math.max(10, ...figures.map(([name = ""]) => name.length));
  const labels = Object.entries(byLabel).map(([label, { precision, recall, f1, support }]) => [
    label,
    ...[precision, recall, f1].map((each) => each.toFixed(4)),
    String(support),
  ]);
  return [
    `${model} on ${items} items`,
    ...figures.map(([name = "", score]) => `  ${name.padEnd(width)} ${score}`),
    "",
    ...(labels.length > 0 ? [...table([["label", "precision", "recall", "f1", "support"], ...labels]), ""] : []),
    seenLine(evaluation.seen, items),
    ...unknownLines(evaluation.unknownLabels),
  ];
}

/** How many test items a model was trained on, in words. */
function seenLine(seen: number | null, items: number): string {
  if (seen === null) return "Whether the model was trained on any of the items is not known.";
  if (seen === 0) return "The model was trained on none of the items.";
  const by = seen < items / 20 ? "may be a little" : "are";
  return `The model was trained on ${seen} of the ${items} items: its figures ${by} too good.`;
}

/** The labels that items have and a model has not, with how many items. */
export function unknownLines(unknownLabels: Evaluation["unknownLabels"]): string[] {
  const unknown = Object.entries(unknownLabels);
  if (unknown.length === 0) return [];
  const list = unknown.map(([label, count]) => `${label} (${count})`).join(", ");
  return [`Labels that the model does not know, counted as wrong: ${list}.`];
}
