import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What a child process measured: its value, in the unit that it is asked for, and its peak memory. */
export interface ChildReading {
  readonly value: number;
  readonly megabytes: number;
}

/** Runs a program of the bench that prints what it measured as JSON; `undefined` where it cannot be run here. */
export function runChild(command: string, program: URL, ...options: readonly string[]): ChildReading | undefined {
  const { status, stdout } = spawnSync(command, [fileURLToPath(program), ...options], { encoding: "utf8" });
  return status === 0 ? (JSON.parse(stdout) as ChildReading) : undefined;
}

/** The same for a Python program: a system's own packages are those of its own Python, whichever comes first in the path. */
export function runPython(program: URL, ...options: readonly string[]): ChildReading | undefined {
  return runChild("python3", program, ...options) ?? runChild("/usr/bin/python3", program, ...options);
}
