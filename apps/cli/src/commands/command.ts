import type { Command } from "commander";
import type { Session } from "../session.js";

/** Adds a command to the program: one file, one line in `commands`. */
export type DefineCommand = (program: Command, session: Session) => void;

/** Examples below a command's help, a command each; one may go on in further lines. */
export function examples(...commands: readonly string[]): string {
  return `\nExamples:\n${commands.map((command) => `  $ ${command.replaceAll("\n", "\n    ")}`).join("\n")}`;
}
