import { BifocalError, messageOf } from "bifocal";
import { CommanderError } from "commander";
import { exitCodes, usageExitCode } from "./exit-codes.js";
import { oneLine } from "./one-line.js";
import { createProgram } from "./program.js";
import { version } from "./provenance.js";
import { note, type Session } from "./session.js";

/**
 * Runs a command line and says what went wrong in one line on stderr.
 * @param args without the program's own name
 * @returns the exit code
 * @example await runCli(["models", "list"], session)
 */
export async function runCli(args: readonly string[], session: Session): Promise<number> {
  try {
    await createProgram(session, await version()).parseAsync(args, { from: "user" });
    return session.signal.aborted ? exitCodes.aborted : 0;
  } catch (error) {
    return report(error, session);
  }
}

function report(error: unknown, session: Session): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageExitCode;
  if (process.env.BIFOCAL_DEBUG && error instanceof Error) note(session, error.stack ?? error.message);
  if (session.signal.aborted) {
    note(session, "bifocal: interrupted.");
    return exitCodes.aborted;
  }
  if (error instanceof BifocalError) {
    note(session, `bifocal: ${oneLine(error.message)}`);
    return exitCodes[error.code];
  }
  note(session, `bifocal: a defect: ${oneLine(messageOf(error))}. BIFOCAL_DEBUG=1 shows where; please report it.`);
  return exitCodes.internal;
}
