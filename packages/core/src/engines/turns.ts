import type { Priority } from "@bifocal/contracts";

/** One piece of work after another, whoever asks. */
export interface Turns {
  /** Does the work once it is its turn: interactive work before bulk work, each in the order in which it came. */
  take<T>(priority: Priority, work: () => Promise<T>): Promise<T>;
}

export function createTurns(): Turns {
  const queues: Readonly<Record<Priority, (() => void)[]>> = { interactive: [], bulk: [] };
  let isTaken = false;
  const next = (): void => {
    const begin = queues.interactive.shift() ?? queues.bulk.shift();
    isTaken = begin !== undefined;
    begin?.();
  };
  return {
    async take(priority, work) {
      if (isTaken) await new Promise<void>((begin) => queues[priority].push(begin));
      isTaken = true;
      try {
        return await work();
      } finally {
        // Whoever called meanwhile is heard first, and may come first.
        setImmediate(next);
      }
    },
  };
}
