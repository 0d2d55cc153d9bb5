import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { Outcome } from "./session.js";

const bin = fileURLToPath(new URL("../bin/bifocal.js", import.meta.url));

/** Whether the command is built; a child process runs the built one. */
export const isBuilt = existsSync(new URL("../dist/main.js", import.meta.url));

export interface Started {
  readonly child: ChildProcess;
  readonly outcome: Promise<Outcome & { readonly signal: NodeJS.Signals | null }>;
}

/** Starts `bifocal` as a process of its own. */
export function start(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Started {
  const child = spawn(process.execPath, [bin, ...args], { env: { ...process.env, ...environment } });
  const stdout = textOf(child.stdout);
  const stderr = textOf(child.stderr);
  const outcome = new Promise<{ code: number; signal: NodeJS.Signals | null }>((resolve) => {
    child.once("close", (code, signal) => resolve({ code: code ?? -1, signal }));
  }).then(async (end) => ({ ...end, stdout: await stdout, stderr: await stderr }));
  return { child, outcome };
}

/** Runs `bifocal` as a process of its own, to its end. */
export function bifocal(args: readonly string[], input = ""): Started["outcome"] {
  const { child, outcome } = start(args);
  child.stdin?.end(input);
  return outcome;
}

/** All that a stream gave, even where a test closed it early. */
async function textOf(stream: Readable): Promise<string> {
  let written = "";
  stream.setEncoding("utf8").on("data", (piece) => {
    written += piece;
  });
  await once(stream, "close");
  return written;
}
