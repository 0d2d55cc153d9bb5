import { extname } from "node:path";
import { BifocalError, didYouMean } from "@bifocal/contracts";
import { conll } from "./conll.js";
import { csv } from "./csv.js";
import type { Format } from "./format.js";
import { jsonl } from "./jsonl.js";
import { tsv } from "./tsv.js";
import { txt } from "./txt.js";

/** Every form that is read, by the ending of its files. */
export const formats = { jsonl, csv, tsv, txt, conll } as const satisfies Record<string, Format>;

/** A format of files: the ending that tells it, mostly. */
export type FormatName = keyof typeof formats;

/** Every format that is read. */
export const formatNames = Object.keys(formats) as FormatName[];

/** The forms that can also be written. */
export const writableFormatNames = formatNames.filter((name) => "encoder" in formats[name]);

/** @throws {BifocalError} `invalid-input`, with the nearest names. */
export function parseFormat(name: string): FormatName {
  const format = formatNames.find((known) => known === name);
  if (format !== undefined) return format;
  throw new BifocalError("invalid-input", `There is no format "${name}". ${didYouMean(name, formatNames)}`);
}

/**
 * The form of a file by its ending; a stream (`-`) is read as a text a line.
 * @throws {BifocalError} `invalid-input` where the ending tells none.
 * @example formatOfPath("reviews.csv") // "csv"
 */
export function formatOfPath(path: string): FormatName {
  if (path === "-") return "txt";
  const ending = extname(path).slice(1).toLowerCase();
  const format = formatNames.find((known) => known === ending);
  if (format !== undefined) return format;
  const known = formatNames.map((name) => `.${name}`).join(", ");
  throw new BifocalError(
    "invalid-input",
    `The ending of ${path} does not tell its format. Endings are ${known}; or name the format.`,
  );
}
