import type { ElementType, GraphWriter, Value } from "./onnx-graph.js";

/** Strings one after the other, and for each the number of what it is a piece of: string [T], int64 [T]. */
export interface Pieces {
  readonly texts: Value;
  readonly owners: Value;
}

/** 0, 1, 2 … one number for each element of a vector. */
export function numbersOf(graph: GraphWriter, vector: Value): Value {
  const length = graph.add("Squeeze", [graph.add("Shape", [vector])]);
  return graph.add("Range", [graph.integer(0), length, graph.integer(1)]);
}

/** The elements of a vector where the condition holds. */
export function keep(graph: GraphWriter, vector: Value, condition: Value): Value {
  return graph.add("Compress", [vector, condition], { axis: 0 });
}

/** The pieces where the condition holds. */
export function keepPieces(graph: GraphWriter, { texts, owners }: Pieces, condition: Value): Pieces {
  return { texts: keep(graph, texts, condition), owners: keep(graph, owners, condition) };
}

/** bool [T]: whether each string is matched from end to end; `.` stands for line breaks too. */
export function matches(graph: GraphWriter, texts: Value, pattern: string): Value {
  return graph.add("RegexFullMatch", [texts], { pattern: `(?s)${pattern}` });
}

/** A pattern for any one of some characters. */
export function anyOf(characters: readonly string[]): string {
  return `[${characters.map((each) => `\\x{${each.codePointAt(0)?.toString(16)}}`).join("")}]`;
}

/** What `change` makes of the values where any of the texts is matched, else the values as they are: work left out costs nothing. */
export function whereAnyMatches(
  graph: GraphWriter,
  pattern: string,
  { texts, values, types }: { texts: Value; values: readonly Value[]; types: readonly ElementType[] },
  change: () => readonly Value[],
): Value[] {
  const any = graph.add("ReduceMax", [matches(graph, texts, pattern)], { keepdims: 0 });
  const ports = (names: readonly Value[]) => names.map((name, i) => ({ name, type: types[i] }));
  return graph.addMany("If", [any], values.length, {
    then_branch: graph.branch([], () => ports(change())),
    else_branch: graph.branch([], () => ports(values.map((value) => graph.add("Identity", [value])))),
  });
}

/** Pieces changed where any of them has one of the characters, else as they are. */
export function whereAnyHas(
  graph: GraphWriter,
  { texts, owners }: Pieces,
  characters: readonly string[],
  change: () => Pieces,
): Pieces {
  const about = { texts, values: [texts, owners], types: ["string", "int64"] } as const;
  const [changedTexts, changedOwners] = whereAnyMatches(graph, `.*${anyOf(characters)}.*`, about, () => {
    const changed = change();
    return [changed.texts, changed.owners];
  });
  return { texts: changedTexts, owners: changedOwners };
}

/** Pieces of several lists in order of their owners; those of one owner in the order given. */
export function inOrder(graph: GraphWriter, lists: readonly Pieces[]): Pieces {
  const texts = graph.add(
    "Concat",
    lists.map((each) => each.texts),
    { axis: 0 },
  );
  const owners = graph.add(
    "Concat",
    lists.map((each) => each.owners),
    { axis: 0 },
  );
  // Of equal numbers TopK puts the one with the lower index first: it is a stable sort.
  const [sorted, order] = graph.addMany("TopK", [owners, graph.add("Shape", [owners])], 2, { largest: 0, sorted: 1 });
  return { texts: graph.add("Gather", [texts, order]), owners: sorted };
}

/**
 * The first parts of each text joined again: parts 0 to `last`, with `glue` between.
 * @param parts string [T, k], k at least 1
 * @param last int64 [T]
 */
export function joinParts(graph: GraphWriter, parts: Value, last: Value, glue: string): Value {
  const [step, condition, joined] = [graph.name(), graph.name(), graph.name()];
  const rounds = graph.add("Sub", [
    graph.add("Squeeze", [graph.add("Shape", [parts], { start: 1 })]),
    graph.integer(1),
  ]);
  const body = graph.branch(
    [
      { name: step, type: "int64", dims: [] },
      { name: condition, type: "bool", dims: [] },
      { name: joined, type: "string" },
    ],
    () => {
      const place = graph.add("Add", [step, graph.integer(1)]);
      const part = graph.add("Gather", [parts, place], { axis: 1 });
      const longer = graph.add("StringConcat", [graph.add("StringConcat", [joined, graph.texts(glue)]), part]);
      const reached = graph.add("LessOrEqual", [place, last]);
      return [
        { name: graph.add("Identity", [condition]), type: "bool", dims: [] },
        { name: graph.add("Where", [reached, longer, joined]), type: "string" },
      ];
    },
  );
  const first = graph.add("Gather", [parts, graph.integer(0)], { axis: 1 });
  return graph.add("Loop", [rounds, "", first], { body });
}
