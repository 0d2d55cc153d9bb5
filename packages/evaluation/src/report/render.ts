import { BifocalError } from "@bifocal/contracts";
import { notesOf, provenanceLines } from "./notes.js";
import type { Report } from "./report.js";
import { escapeMarkdown, tableAsMarkdown, tableAsText } from "./table.js";
import { tablesOf } from "./tables.js";

/**
 * A report as tables for a terminal, with a line break at the end.
 * @example process.stdout.write(renderText({ comparison }));
 */
export function renderText(report: Report): string {
  const sections = [
    ...tablesOf(report).map(tableAsText),
    notesOf(report).join("\n"),
    provenanceLines(report).join("\n"),
  ];
  return `${sections.join("\n\n")}\n`;
}

/** A report as a page of GitHub-flavoured Markdown. */
export function renderMarkdown(report: Report): string {
  const list = (lines: readonly string[]) => lines.map((line) => `- ${escapeMarkdown(line)}`).join("\n");
  const sections = [
    "# Comparison",
    ...tablesOf(report).map(tableAsMarkdown),
    `## Notes\n\n${list(notesOf(report))}`,
    `## Provenance\n\n${list(provenanceLines(report))}`,
  ];
  return `${sections.join("\n\n")}\n`;
}

/**
 * A report as JSON, indented: `{ kind: "comparison-report", version: 1, comparison, curve?, provenance? }`.
 * @throws {BifocalError} `internal` where a figure is NaN or infinite; JSON would turn it into null and say nothing.
 */
export function renderJson(report: Report): string {
  const refuseNonFinite = (key: string, value: unknown) => {
    if (typeof value !== "number" || Number.isFinite(value)) return value;
    throw new BifocalError(
      "internal",
      `The report's figure "${key}" is ${value}; a figure that is not known must be null.`,
    );
  };
  return `${JSON.stringify({ kind: "comparison-report", version: 1, ...report }, refuseNonFinite, 2)}\n`;
}
