import { unobserved } from "./factor.js";
import type { Network } from "./network.js";

/** The variables and all above them, ascending: nothing else bears on them (barren nodes: Shachter 1986). */
export function ancestorsOf({ parents }: Network, variables: readonly number[]): number[] {
  const found = new Set(variables);
  for (const each of found) for (const parent of parents[each]) found.add(parent);
  return [...found].sort((a, b) => a - b);
}

/** The variables that have evidence. */
export function observedVariables(evidence: Int32Array): number[] {
  const observed: number[] = [];
  for (let v = 0; v < evidence.length; v++) if (evidence[v] !== unobserved) observed.push(v);
  return observed;
}
