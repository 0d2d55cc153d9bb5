import { BifocalError } from "bifocal";
import type { Command } from "commander";
import { collect } from "./set-values.js";

/** The options with which commands read labels, in `--data`, `--train` or `--test`. */
export interface LabelOptions {
  readonly labelField: string;
  readonly rename?: readonly string[];
}

/** Adds `--label-field` and `--rename` to a command. */
export function addLabelOptions(command: Command): Command {
  return command
    .option("--label-field <name>", "field or column that holds the label", "label")
    .option(
      "--rename <old=new,...>",
      "read labels or entity types under other names; O: no entity; may be repeated",
      collect,
    );
}

/**
 * How to read labels with the options as given.
 * @throws {BifocalError} `invalid-input` where a renaming is not old=new.
 * @example labelReading({ labelField: "label", rename: ["person=PER,location=LOC"] })
 */
export function labelReading({ labelField, rename = [] }: LabelOptions): {
  labelField: string;
  names: ReadonlyMap<string, string>;
} {
  return { labelField, names: new Map(rename.flatMap((each) => each.split(",").map(renaming))) };
}

function renaming(given: string): [string, string] {
  const [from = "", to = "", ...rest] = given.split("=").map((name) => name.trim());
  if (from !== "" && to !== "" && rest.length === 0) return [from, to];
  throw new BifocalError("invalid-input", `--rename takes old=new, as in person=PER,location=LOC, not "${given}".`);
}
