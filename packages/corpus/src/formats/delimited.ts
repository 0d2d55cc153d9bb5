import { BifocalError, didYouMean } from "@bifocal/contracts";
import type { CorpusRecord, Fields, Format, ReadContext } from "./format.js";
import { readLines } from "./lines.js";
import { type Row, readRows } from "./rows.js";

/** Rows of columns that a header names (RFC 4180 with any delimiter); empty lines are left out. */
export function delimited(delimiter: string, about: string): Format {
  return {
    about,
    async *read(bytes, context) {
      let columns: readonly string[] | undefined;
      for await (const row of readRows(readLines(bytes, context.name), delimiter, context)) {
        if (columns === undefined) columns = headerOf(row, context);
        else yield* recordOf(row, columns, context);
      }
      if (columns === undefined && context.requires.length > 0)
        throw new BifocalError("invalid-input", `${context.name} is empty: it has no header.`);
    },
    encoder: {
      header: (columns) => columns.map((column) => quoted(column, delimiter)).join(delimiter),
      // A row of one empty cell would be an empty line, which readers leave out.
      line: (fields, columns) =>
        columns.map((column) => quoted(cellOf(fields[column]), delimiter)).join(delimiter) || '""',
    },
  };
}

function headerOf({ cells, line }: Row, { name, requires }: ReadContext): readonly string[] {
  const twice = cells.find((cell, i) => cells.indexOf(cell) !== i);
  if (twice !== undefined)
    throw new BifocalError("invalid-input", `${name}, line ${line}: two columns are called "${twice}". Rename one.`);
  for (const column of requires) {
    if (cells.includes(column)) continue;
    throw new BifocalError("invalid-input", `${name} has no column "${column}". ${didYouMean(column, cells)}`);
  }
  return cells;
}

function* recordOf({ cells, line }: Row, columns: readonly string[], { reject }: ReadContext): Iterable<CorpusRecord> {
  if (cells.length !== columns.length) reject(line, `it has ${cells.length} columns, the header has ${columns.length}`);
  else yield { line, fields: Object.fromEntries(columns.map((column, i) => [column, cells[i]])) };
}

function cellOf(value: Fields[string]): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function quoted(cell: string, delimiter: string): string {
  const plain = !cell.includes(delimiter) && !/["\r\n]/.test(cell) && cell.trim() === cell;
  return plain ? cell : `"${cell.replaceAll('"', '""')}"`;
}
