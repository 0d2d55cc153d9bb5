/** Cells as they are shown. */
export interface Table {
  readonly title: string;
  /** How many of the first columns hold words and are aligned left; the others hold figures. */
  readonly textColumns: number;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Aligned with spaces, for a terminal: words left, figures right. */
export function tableAsText({ title, textColumns, header, rows }: Table): string {
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((cell, i) => (i < textColumns ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join("  ");
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  return [title, "", line(header), rule, ...rows.map(line)].map((each) => each.trimEnd()).join("\n");
}

/** As a table of GitHub-flavoured Markdown under a heading. */
export function tableAsMarkdown({ title, textColumns, header, rows }: Table): string {
  const line = (row: readonly string[]) => `| ${row.map(escapeMarkdown).join(" | ")} |`;
  const rule = `|${header.map((_, i) => (i < textColumns ? "---" : "---:")).join("|")}|`;
  return [`## ${title}`, "", line(header), rule, ...rows.map(line)].join("\n");
}

/** A text that Markdown shows as it is. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>|#]/g, "\\$&");
}
