import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** One side of a comparison: a process that keeps open what it works with, and does one task after another. */
export interface Side {
  /** What the process answers to a task; `Error` where it ends instead. */
  ask<R>(task: unknown): Promise<R>;
  end(): void;
}

/** Starts a program of the bench that answers each message by one. */
function startSide(program: URL, options: readonly string[]): Side {
  const child = fork(fileURLToPath(program), options, {
    execArgv: [],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ended = once(child, "exit").then(() => {
    throw new Error(`The side "${options.join(" ")}" ended before it had answered.`);
  });
  ended.catch(() => {});
  return {
    async ask<R>(task: unknown): Promise<R> {
      child.send(task as object);
      const [answer] = await Promise.race([once(child, "message"), ended]);
      return answer as R;
    },
    end: () => child.kill(),
  };
}

/** Starts a process for each side, does work with them, and ends them. */
export async function withSides<N extends string, R>(
  program: URL,
  options: Readonly<Record<N, readonly string[]>>,
  work: (sides: Readonly<Record<N, Side>>) => Promise<R>,
): Promise<R> {
  const sides = Object.fromEntries(
    Object.entries<readonly string[]>(options).map(([name, own]) => [name, startSide(program, own)]),
  ) as Record<N, Side>;
  try {
    return await work(sides);
  } finally {
    for (const side of Object.values<Side>(sides)) side.end();
  }
}

/** A measurement ends soon after this, whatever it has done by then. */
export const longestMs = 90_000;

/** Rounds of one answer from each side, one side after the other, so that a busy machine is busy for all alike. */
export async function inTurns<N extends string, R>(
  rounds: number,
  ask: Readonly<Record<N, (round: number) => Promise<R>>>,
): Promise<Readonly<Record<N, R>>[]> {
  const began = performance.now();
  const answers: Readonly<Record<N, R>>[] = [];
  for (let round = 0; round < rounds && (round < 2 || performance.now() - began < longestMs); round++) {
    const found: Partial<Record<N, R>> = {};
    for (const name of Object.keys(ask) as N[]) found[name] = await ask[name](round);
    answers.push(found as Record<N, R>);
  }
  return answers;
}
