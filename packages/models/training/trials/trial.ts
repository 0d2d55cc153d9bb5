import { readFileSync, writeFileSync } from "node:fs";
import type { Tried } from "../../src/index.js";

/** What is trained and measured as a model would be, and described in the cards of those that ship in its place. */
export interface Trial {
  readonly id: string;
  measure(dataFolder: string): Promise<Tried>;
}

/** What was measured last. A recipe puts it into a card, so that making the card anew keeps it. */
export function readTried(id: string): Tried {
  return JSON.parse(readFileSync(fileOf(id), "utf8")) as Tried;
}

export function writeTried(id: string, tried: Tried): void {
  writeFileSync(fileOf(id), `${JSON.stringify(tried, null, 2)}\n`);
}

function fileOf(id: string): URL {
  return new URL(`${id}.json`, import.meta.url);
}
