import type { ComparedModel } from "../comparison.js";
import { printable } from "./figures.js";
import type { Provenance, Report } from "./report.js";

/** What a reader must know to take the figures for no more than they are, a sentence each. */
export function notesOf({ comparison, curve }: Report): string[] {
  const { models, disagreements, items } = comparison;
  return [
    `Models disagree on ${disagreements} of ${items} items.`,
    ...models.flatMap((model) => notesOn(model).map((note) => `${printable(model.name)}: ${note}`)),
    ...(curve?.points ?? []).flatMap((point) =>
      "failure" in point
        ? [`${printable(point.learner)} failed at size ${point.size}: ${printable(point.failure)}`]
        : [],
    ),
  ];
}

function notesOn({ seen, failed, answered, failures, unknownLabels, skippedBecause }: ComparedModel): string[] {
  const notes: string[] = [];
  if (seen !== null && seen > 0)
    notes.push(`${seen} of these items are in its training data; its figures are too good.`);
  if (failed > 0) {
    const first =
      failures[0] === undefined
        ? ""
        : ` The first failure, on item ${failures[0].index + 1}: ${printable(failures[0].message)}`;
    notes.push(`failed on ${failed} items; its scores are over the ${answered} that it answered.${first}`);
  }
  const unknown = Object.entries(unknownLabels).map(([label, count]) => `${printable(label)} (${count})`);
  if (unknown.length > 0)
    notes.push(`cannot give these labels of the data, each counted as wrong: ${unknown.join(", ")}.`);
  for (const [metric, reason] of Object.entries(skippedBecause)) notes.push(`no ${metric}. ${printable(reason ?? "")}`);
  return notes;
}

/** What was read and run, a line each. */
export function provenanceLines({ comparison, provenance = {} }: Report): string[] {
  const signatures = Object.values(comparison.models[0]?.signatures ?? {});
  return [`signatures: ${signatures.join(" ")}`, ...linesOf(provenance)].map(printable);
}

function linesOf({ versions = {}, seeds = {}, options = {}, data = [], modelFingerprints = {} }: Provenance): string[] {
  const list = (heading: string, record: Readonly<Record<string, unknown>>) => {
    const entries = Object.entries(record).map(([name, value]) => `${name} ${value}`);
    return entries.length === 0 ? [] : [`${heading}: ${entries.join(", ")}`];
  };
  return [
    ...list("versions", versions),
    ...list("seeds", seeds),
    ...list("options", options),
    ...data.map(
      ({ role, name, sha256 }) => `${role} data: ${name}${sha256 === undefined ? "" : `, SHA-256 ${sha256}`}`,
    ),
    ...list("model fingerprints", modelFingerprints),
  ];
}
