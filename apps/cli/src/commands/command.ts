import type { Command } from "commander";
import type { Session } from "../session.js";

/** Adds a command to the program: one file, one line in `commands`. */
export type DefineCommand = (program: Command, session: Session) => void;

/** Examples below a command's help. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join("\n")}`;
}
