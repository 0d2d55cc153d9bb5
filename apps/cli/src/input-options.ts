import { type FormatName, formatNames, parseFormat, type TextOptions } from "@bifocal/corpus";
import type { Command } from "commander";
import { note, type Session } from "./session.js";

/** The options with which every command reads files. */
export interface InputOptions {
  readonly format?: string;
  readonly field?: string;
  readonly quotes: boolean;
  readonly skipErrors?: boolean;
}

/** Adds `--format`, `--field`, `--no-quotes` and `--skip-errors` to a command. */
export function addInputOptions(command: Command): Command {
  return command
    .option("--format <format>", `form of the input (${formatNames.join(", ")}); default: its ending, txt for stdin`)
    .option("--field <name>", "field or column that holds the text", "text")
    .option("--no-quotes", "read quotes in .csv and .tsv as plain characters")
    .option("--skip-errors", "leave out bad records, and count them");
}

/** How to read with the options as given, and what to say of bad records in the end. */
export interface Reading {
  readonly options: TextOptions;
  /** Says on stderr how many records were left out, if any were. */
  readonly tellSkipped: () => void;
}

const shownErrors = 10;

/** @throws {BifocalError} `invalid-input` for an unknown format. */
export function prepareReading({ format, field, quotes, skipErrors }: InputOptions, session: Session): Reading {
  const known: FormatName | undefined = format === undefined ? undefined : parseFormat(format);
  let skipped = 0;
  const skip = (error: Error): void => {
    skipped++;
    if (skipped <= shownErrors) note(session, `bifocal: left out: ${error.message}`);
  };
  return {
    options: {
      quotes,
      signal: session.signal,
      ...(known !== undefined && { format: known }),
      ...(field !== undefined && { field }),
      ...(skipErrors && { onBadRecord: skip }),
    },
    tellSkipped: () => {
      if (skipped > 0) note(session, `bifocal: ${skipped} bad record${skipped === 1 ? " was" : "s were"} left out.`);
    },
  };
}
