import { BifocalError } from "@bifocal/contracts";
import { variableNamed } from "../names.js";
import { topologicalOrder } from "../topological-order.js";
import type { LearnStructure } from "./structure.js";

/**
 * A structure that is known: the parents of each variable, by name; of one that is left out, none.
 * @throws {BifocalError} when it learns: `invalid-input` for an unknown variable or a circle.
 * @example givenStructure({ grass: ["sprinkler", "rain"], sprinkler: ["rain"] })
 */
export function givenStructure(parentsOf: Readonly<Record<string, readonly string[]>>): LearnStructure {
  return (table) => {
    for (const name of Object.keys(parentsOf)) variableNamed(table, name);
    const parents = table.variables.map(({ name }) => {
      const named = Object.hasOwn(parentsOf, name) ? parentsOf[name] : [];
      return [...new Set(named.map((parent) => variableNamed(table, parent)))];
    });
    if (topologicalOrder(parents) !== undefined) return parents;
    throw new BifocalError("invalid-input", "Some variables are their own ancestors; take out an edge of that circle.");
  };
}
