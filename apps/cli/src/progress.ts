import type { Session } from "./session.js";

/** Shows how far something is, on a terminal only. */
export interface Progress {
  /** So many are done, of so many if that is known; `detail` stands after that. */
  update(done: number, total?: number, detail?: string): void;
  /** Clears the line. */
  end(): void;
}

const silent: Progress = { update() {}, end() {} };
const barWidth = 24;
const millisecondsBetween = 100;

/** A bar on stderr, where it is a terminal and results do not scroll past on the same one. */
export function startProgress({ stdout, stderr }: Session, what: string, resultsOnStdout = false): Progress {
  if (!stderr.isTTY || (resultsOnStdout && stdout.isTTY)) return silent;
  let shown = 0;
  return {
    update(done, total, detail = "") {
      const now = performance.now();
      if (now - shown < millisecondsBetween) return;
      shown = now;
      stderr.write(`\r\u001b[K${progressLine(what, done, total)}${detail}`);
    },
    end: () => {
      if (shown > 0) stderr.write("\r\u001b[K");
      shown = 0;
    },
  };
}

/** One state of a bar; a count where the total is not known. */
export function progressLine(what: string, done: number, total?: number): string {
  if (total === undefined || total === 0) return `${done.toLocaleString("en")} ${what}`;
  const share = Math.min(1, done / total);
  const full = Math.round(share * barWidth);
  return `${"█".repeat(full)}${"░".repeat(barWidth - full)} ${Math.round(share * 100)} % of ${total.toLocaleString("en")} ${what}`;
}
