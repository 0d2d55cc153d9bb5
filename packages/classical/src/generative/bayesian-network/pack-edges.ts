import type { NetworkTables } from "./network.js";

/** The parents of all variables, one after the other. */
export function packEdges(parents: readonly (readonly number[])[]): Pick<NetworkTables, "parentOffsets" | "parents"> {
  const parentOffsets = new Uint32Array(parents.length + 1);
  for (const [v, each] of parents.entries()) parentOffsets[v + 1] = parentOffsets[v] + each.length;
  return { parentOffsets, parents: Uint32Array.from(parents.flat()) };
}
