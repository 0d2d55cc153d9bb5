import { open } from "node:fs/promises";
import { BifocalError } from "@bifocal/contracts";
import type { Encoder, Fields, Format } from "./formats/format.js";
import { type FormatName, formatOfPath, formats, writableFormatNames } from "./formats/formats.js";
import { systemReason } from "./system-reason.js";

/** Writes records as they come; what has been written is whole lines at any moment. */
export interface RecordWriter extends AsyncDisposable {
  /** Resolves once the system has taken the lines. */
  write(records: readonly Fields[]): Promise<void>;
}

/** How records are written. */
export interface WriteOptions {
  /** Default: what the file's ending tells. */
  readonly format?: FormatName;
}

/**
 * Opens a file for records; what it held is lost. The columns of a table are the fields of its first record; values
 * that are objects are written as JSON.
 * @throws {BifocalError} `unwritable` before anything is done; `invalid-input` where the form cannot be written.
 * @example
 * await using writer = await openWriter("out.csv");
 * await writer.write([{ text: "fine", label: "positive" }]);
 */
export async function openWriter(
  path: string,
  { format = formatOfPath(path) }: WriteOptions = {},
): Promise<RecordWriter> {
  const encoder = encoderOf(format);
  const sink = await openSink(path);
  let columns: readonly string[] | undefined;
  return {
    async write(records) {
      const lines: string[] = [];
      if (columns === undefined && records[0] !== undefined) {
        columns = Object.keys(records[0]);
        if (encoder.header !== undefined) lines.push(encoder.header(columns));
      }
      for (const record of records) lines.push(encoder.line(record, columns ?? []));
      if (lines.length > 0) await sink.write(`${lines.join("\n")}\n`);
    },
    [Symbol.asyncDispose]: () => sink[Symbol.asyncDispose](),
  };
}

function encoderOf(name: FormatName): Encoder {
  const format: Format = formats[name];
  if (format.encoder !== undefined) return format.encoder;
  const writable = writableFormatNames.map((each) => `.${each}`).join(", ");
  throw new BifocalError("invalid-input", `Results cannot be written as .${name}. Write ${writable}.`);
}

async function openSink(path: string) {
  const failed = (error: unknown): BifocalError =>
    new BifocalError("unwritable", `Cannot write ${path}: ${systemReason(error)}.`, {
      cause: error,
    });
  const handle = await open(path, "w").catch((error: unknown) => {
    throw failed(error);
  });
  return {
    write: (text: string) =>
      handle.appendFile(text).catch((error: unknown) => {
        throw failed(error);
      }),
    [Symbol.asyncDispose]: () => handle.close(),
  };
}
