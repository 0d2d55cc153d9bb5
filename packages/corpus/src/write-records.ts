import { once } from "node:events";
import { open } from "node:fs/promises";
import { BifocalError, messageOf } from "@bifocal/contracts";
import type { Encoder, Fields, Format } from "./formats/format.js";
import { type FormatName, formatOfPath, formats, writableFormatNames } from "./formats/formats.js";

/** Writes records as they come; what has been written is whole lines at any moment. */
export interface RecordWriter extends AsyncDisposable {
  /** Resolves once the system has taken the lines. */
  write(records: readonly Fields[]): Promise<void>;
}

export interface WriteOptions {
  /** Default: what the file's ending tells; JSON Lines for stdout. */
  readonly format?: FormatName;
}

/** Where bytes go. */
interface Sink extends AsyncDisposable {
  write(text: string): Promise<void>;
}

/**
 * Opens a file (or stdout, where the path is `-`) for records; what a file held is lost. The columns of a table are
 * the fields of its first record; values that are objects are written as JSON.
 * @throws {BifocalError} `unwritable` before anything is done; `invalid-input` where the form cannot be written.
 * @example
 * await using writer = await openWriter("out.csv");
 * await writer.write([{ text: "fine", label: "positive" }]);
 */
export async function openWriter(path: string, options: WriteOptions = {}): Promise<RecordWriter> {
  const format: FormatName = options.format ?? (path === "-" ? "jsonl" : formatOfPath(path));
  const encoder = encoderOf(format);
  const sink = path === "-" ? stdoutSink : await openSink(path);
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

async function openSink(path: string): Promise<Sink> {
  const failed = (error: unknown): BifocalError =>
    new BifocalError("unwritable", `Cannot write ${path}: ${messageOf(error).replace(/, \w+ '.*/s, "")}.`, {
      cause: error,
    });
  const handle = await open(path, "w").catch((error: unknown) => {
    throw failed(error);
  });
  return {
    write: (text) =>
      handle.appendFile(text).catch((error: unknown) => {
        throw failed(error);
      }),
    [Symbol.asyncDispose]: () => handle.close(),
  };
}

const stdoutSink: Sink = {
  async write(text) {
    if (!process.stdout.write(text)) await once(process.stdout, "drain");
  },
  [Symbol.asyncDispose]: async () => {},
};
