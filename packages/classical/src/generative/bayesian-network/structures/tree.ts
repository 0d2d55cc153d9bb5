import { throwIfAborted } from "@bifocal/contracts";
import { familyCounter } from "../family-counts.js";
import { conditionalMutualInformation } from "../mutual-information.js";
import { variableNamed } from "../names.js";
import { heaviestTree } from "../spanning-tree.js";
import type { StateTable } from "../state-table.js";
import type { LearnStructure, StructureContext } from "./structure.js";

/**
 * The likeliest tree: every variable but one has one parent, such that the edges' mutual information is greatest
 * (Chow & Liu 1968). Its root is the first variable; any other would do as well.
 */
export function treeStructure(): LearnStructure {
  return (table, context) =>
    treeOver(
      table,
      table.variables.map((_, v) => v),
      [],
      context,
    );
}

/**
 * Tree-augmented naive Bayes (Friedman, Geiger & Goldszmidt 1997): every variable depends on the class, and all but the
 * first on one more, such that the mutual information of these edges given the class is greatest.
 */
export function treeAugmentedStructure(classVariable: string): LearnStructure {
  return (table, context) => {
    const root = variableNamed(table, classVariable);
    const others = table.variables.map((_, v) => v).filter((v) => v !== root);
    return treeOver(table, others, [root], context);
  };
}

/** A tree over the vertices; each has the `given` variables as its first parents. */
function treeOver(
  table: StateTable,
  vertices: readonly number[],
  given: readonly number[],
  { signal, onProgress }: StructureContext,
): number[][] {
  let joined = 0;
  const tree = heaviestTree(
    vertices.length,
    (vertex) => {
      const informationOf = informationFrom(table, vertices[vertex], given);
      return (other) => informationOf(vertices[other]);
    },
    () => {
      throwIfAborted(signal);
      onProgress?.({ iteration: ++joined, iterations: vertices.length });
    },
  );
  const parents: number[][] = table.variables.map(() => []);
  for (const [i, vertex] of vertices.entries())
    parents[vertex] = tree[i] < 0 ? [...given] : [...given, vertices[tree[i]]];
  return parents;
}

/** I(variable; other | given), for any other. */
function informationFrom(table: StateTable, variable: number, given: readonly number[]): (other: number) => number {
  const counter = familyCounter(table, variable, given);
  const x = table.variables[variable].states.length;
  return (other) => {
    const counts = counter.adding(other) ?? familyCounter(table, variable, [...given, other]).counts;
    return conditionalMutualInformation(counts, { x, y: table.variables[other].states.length });
  };
}
