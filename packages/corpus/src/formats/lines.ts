import { Buffer, isUtf8 } from "node:buffer";
import { BifocalError } from "@bifocal/contracts";
import { asUtf8 } from "./utf16.js";

/** A line without its end; a carriage return before the end is left to the reader. */
export interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  /** Why the text cannot be trusted: the bytes are not UTF-8. */
  readonly problem?: string;
}

/** The longest line, and the longest quoted record, in bytes or UTF-16 units. */
export const maxLineLength = 64 * 2 ** 20;

const newline = 0x0a;

/**
 * Cuts bytes into lines and decodes each as UTF-8, strictly; UTF-16 is told by its byte order mark. The mark is dropped.
 * @throws {BifocalError} `too-large` where a line is longer than 64 MiB, `invalid-input` for broken UTF-16.
 */
export async function* readLines(bytes: AsyncIterable<Uint8Array>, name: string): AsyncIterable<Line> {
  let number = 0;
  let rest: Buffer[] = [];
  let restLength = 0;
  for await (const chunk of asUtf8(bytes, name)) {
    const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let start = 0;
    for (let end = buffer.indexOf(newline); end >= 0; end = buffer.indexOf(newline, start)) {
      const piece = buffer.subarray(start, end);
      yield decodeLine(rest.length === 0 ? piece : Buffer.concat([...rest, piece]), ++number);
      rest = [];
      restLength = 0;
      start = end + 1;
    }
    if (start < buffer.length) rest.push(buffer.subarray(start));
    restLength += buffer.length - start;
    if (restLength > maxLineLength) throw tooLong(name, number + 1);
  }
  if (restLength > 0) yield decodeLine(Buffer.concat(rest), number + 1);
}

export function tooLong(name: string, line: number): BifocalError {
  return new BifocalError(
    "too-large",
    `${name}, line ${line}: the record is longer than ${maxLineLength / 2 ** 20} MiB. Cut it.`,
  );
}

/** The text without the carriage return that ends it. */
export function withoutReturn(text: string): string {
  return text.endsWith("\r") ? text.slice(0, -1) : text;
}

function decodeLine(line: Buffer, number: number): Line {
  const hasMark = number === 1 && line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf;
  const bytes = hasMark ? line.subarray(3) : line;
  const text = bytes.toString("utf8");
  if (isUtf8(bytes)) return { number, text };
  return { number, text, problem: `byte ${firstInvalidByte(bytes, text)} of the line is not UTF-8; save it as UTF-8` };
}

/** From 1: where the bytes and what was made of them first differ. */
function firstInvalidByte(bytes: Buffer, decoded: string): number {
  const encoded = Buffer.from(decoded);
  return bytes.findIndex((byte, i) => byte !== encoded[i]) + 1;
}
