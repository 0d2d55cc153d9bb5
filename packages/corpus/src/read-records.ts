import { BifocalError } from "@bifocal/contracts";
import type { CorpusRecord, Format } from "./formats/format.js";
import { type FormatName, formatOfPath, formats } from "./formats/formats.js";
import { nameOfSource, openSource } from "./open-source.js";

/** How any input is read. */
export interface ReadOptions {
  /** Default: what the file's ending tells; a text a line for stdin. */
  readonly format?: FormatName;
  /** Called with each bad record, which is then left out. Without it the first bad record ends the reading. */
  readonly onBadRecord?: (error: BifocalError) => void;
  /** Whether a double quote at the start of a CSV or TSV field quotes it. Default true. */
  readonly quotes?: boolean;
  readonly signal?: AbortSignal;
}

/** How the records of a file are read. */
export interface RecordOptions extends ReadOptions {
  /** Fields that every record must have. */
  readonly requires?: readonly string[];
}

/**
 * Reads a file record by record, holding one at a time. `-` is stdin. UTF-8 is decoded strictly.
 * @throws {BifocalError} `unreadable`; `invalid-input` for a missing column, and, without `onBadRecord`, for the first
 * bad record, with its line; `too-large` for a record over 64 MiB; `aborted`.
 * @example for await (const { line, fields } of readRecords("reviews.csv", { requires: ["text"] })) …
 */
export function readRecords(path: string, options: RecordOptions = {}): AsyncIterable<CorpusRecord> {
  const { format = formatOfPath(path), quotes = true, requires = [], signal } = options;
  const name = nameOfSource(path);
  const reader: Format = formats[format];
  const missing = requires.find((field) => reader.fields?.includes(field) === false);
  if (missing !== undefined) throw withoutField(name, format, missing);
  return reader.read(openSource(path, signal), { name, requires, quotes, reject: rejecter(path, options) });
}

/** What a reader does with a bad record: throws it, or hands it to `onBadRecord`. */
export function rejecter(path: string, { onBadRecord }: ReadOptions): (line: number, problem: string) => void {
  return (line, problem) => {
    const error = new BifocalError("invalid-input", `${nameOfSource(path)}, line ${line}: ${problem}.`);
    if (onBadRecord === undefined) throw error;
    onBadRecord(error);
  };
}

function withoutField(name: string, format: FormatName, field: string): BifocalError {
  return new BifocalError(
    "invalid-input",
    `${name} is read as ${format}, ${formats[format].about}, which has no "${field}". Use another format.`,
  );
}
