import { variableNamed } from "../names.js";
import type { LearnStructure } from "./structure.js";

/** Naive Bayes: every variable depends on the class, and on nothing else. */
export function naiveStructure(classVariable: string): LearnStructure {
  return (table) => {
    const root = variableNamed(table, classVariable);
    return table.variables.map((_, v) => (v === root ? [] : [root]));
  };
}
