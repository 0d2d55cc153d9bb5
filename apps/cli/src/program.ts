import { Command, type OutputConfiguration } from "commander";
import { commands } from "./commands/commands.js";
import { oneLine } from "./one-line.js";
import type { Session } from "./session.js";

/** The command line, ready to parse: every command of the table. */
export function createProgram(session: Session, version: string): Command {
  const program = prepared(new Command("bifocal"), session)
    .description("Every text, through two lenses: discriminative and generative models side by side.")
    .version(version, "--version", "print the version")
    .usage("<command> [options]");
  for (const define of commands) define(program, session);
  for (const command of descendants(program)) prepared(command, session);
  return program;
}

/** Errors are thrown, not exited with, and printed in one line. */
function prepared(command: Command, session: Session): Command {
  const output: OutputConfiguration = {
    writeOut: (text) => session.stdout.write(text),
    writeErr: (text) => session.stderr.write(text),
    outputError: (text, write) => write(`bifocal: ${oneLine(text.replace(/^error: /, ""))}\n`),
    getOutHasColors: () => session.stdout.isTTY === true,
    getErrHasColors: () => session.stderr.isTTY === true,
    getOutHelpWidth: () => session.stdout.columns ?? 100,
    getErrHelpWidth: () => session.stderr.columns ?? 100,
  };
  return command.exitOverride().configureOutput(output).helpCommand(false);
}

function descendants(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...descendants(child)]);
}
