import { BifocalError } from "@bifocal/contracts";
import type { ReadContext } from "./format.js";
import { type Line, maxLineLength, tooLong, withoutReturn } from "./lines.js";

/** The cells of a row, and the line where it begins. */
export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A row that is being read: `open` is the quoted cell that goes on in the next line. */
interface OpenRow {
  readonly line: number;
  readonly cells: string[];
  open?: { readonly line: number; text: string };
  problem?: string;
}

/** Rows of cells; a quoted cell may hold delimiters, doubled quotes and line ends. */
export async function* readRows(
  lines: AsyncIterable<Line>,
  delimiter: string,
  { name, quotes, reject }: ReadContext,
): AsyncIterable<Row> {
  let row: OpenRow | undefined;
  for await (const { number, text, problem } of lines) {
    if (row === undefined && problem === undefined && withoutReturn(text) === "") continue;
    row ??= { line: number, cells: [] };
    if (problem !== undefined) row.problem ??= problem;
    readLine(row, text, number, delimiter, quotes);
    if (row.open !== undefined) {
      if (row.open.text.length > maxLineLength) throw tooLong(name, row.open.line);
      continue;
    }
    if (row.problem === undefined) yield row;
    else reject(row.line, row.problem);
    row = undefined;
  }
  // Nothing tells where the quoted cell was meant to end, so no row after it can be told either: never skipped.
  if (row?.open !== undefined) {
    const hint = "Close it, or read quotes as plain characters (quotes: false, --no-quotes).";
    throw new BifocalError(
      "invalid-input",
      `${name}, line ${row.open.line}: a quote opens here and never closes. ${hint}`,
    );
  }
}

/** Adds the cells of a line to a row. */
function readLine(row: OpenRow, text: string, number: number, delimiter: string, quotes: boolean): void {
  let at = row.open === undefined ? 0 : readQuoted(row, text, 0, delimiter);
  while (row.open === undefined && at <= text.length) {
    if (quotes && text[at] === '"') {
      row.open = { line: number, text: "" };
      at = readQuoted(row, text, at + 1, delimiter);
      continue;
    }
    const end = text.indexOf(delimiter, at);
    row.cells.push(end < 0 ? withoutReturn(text.slice(at)) : text.slice(at, end));
    at = end < 0 ? text.length + 1 : end + 1;
  }
}

/** Reads on in the quoted cell, and returns where the next cell begins; the cell stays open where the line ends first. */
function readQuoted(row: OpenRow, text: string, from: number, delimiter: string): number {
  const open = row.open;
  if (open === undefined) return from;
  let at = from;
  for (;;) {
    const quote = text.indexOf('"', at);
    open.text += quote < 0 ? `${text.slice(at)}\n` : text.slice(at, quote);
    if (quote < 0) return text.length + 1;
    if (text[quote + 1] !== '"') return closeCell(row, open.text, text, quote + 1, delimiter);
    open.text += '"';
    at = quote + 2;
  }
}

function closeCell(row: OpenRow, cell: string, text: string, at: number, delimiter: string): number {
  row.cells.push(cell);
  delete row.open;
  const after = withoutReturn(text.slice(at));
  if (after === "") return text.length + 1;
  if (after.startsWith(delimiter)) return at + 1;
  row.problem ??= "something follows a closing quote; double the quotes within a cell";
  return text.length + 1;
}
