import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What a child process measured: its value, in the unit that it is asked for, and its peak memory. */
export interface ChildReading {
  readonly value: number;
  readonly megabytes: number;
}

/** A child that takes longer is ended, and skipped. */
export const longestMs = 120_000;

/** Runs a program of the bench that prints what it measured as JSON; `undefined` where it cannot be run here. */
export function runChild(command: string, program: URL, ...options: readonly string[]): ChildReading | undefined {
  const { status, stdout } = spawnSync(command, [fileURLToPath(program), ...options], {
    encoding: "utf8",
    timeout: longestMs,
  });
  return status === 0 ? (JSON.parse(stdout) as ChildReading) : undefined;
}

/** The Python to use: that of the environment variable PYTHON, or the first of the path. */
export const python = process.env.PYTHON ?? "python3";

/** The same for a Python program. */
export function runPython(program: URL, ...options: readonly string[]): ChildReading | undefined {
  return runChild(python, program, ...options);
}
