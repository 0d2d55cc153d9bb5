import type { GraphWriter, Value } from "./onnx-graph.js";
import { keep } from "./onnx-pieces.js";
import type { Tokens } from "./onnx-tokens.js";

/** What the texts have of the vocabulary: a line for each pair of text and term, texts in order, then terms. */
export interface Rows {
  /** int64 [U]: number of the text. */
  readonly rows: Value;
  /** int64 [U]: number of the term. */
  readonly columns: Value;
  /** int64 [U]: how often the term stands in the text. */
  readonly counts: Value;
}

/** Counts the terms of 1 to `ngrams` tokens that the vocabulary has; `sentinel` is a text's number, given one term unseen. */
export function addRows(
  graph: GraphWriter,
  tokens: Tokens,
  { vocabulary, ngrams, sentinel }: { vocabulary: readonly string[]; ngrams: number; sentinel: Value },
): Rows {
  const width = graph.integer(vocabulary.length);
  const known = byLength(vocabulary, ngrams);
  const longest = known.findLastIndex(({ length }) => length > 0) + 1;
  const keys = runs(graph, tokens, longest).flatMap(({ terms, rows }, i) => {
    if (known[i].length === 0) return [];
    const columns = graph.add("LabelEncoder", [terms], {
      keys_strings: known[i].map((column) => vocabulary[column]),
      values_int64s: known[i],
      default_int64: -1,
    });
    const key = graph.add("Add", [graph.add("Mul", [rows, width]), columns]);
    return [keep(graph, key, graph.add("GreaterOrEqual", [columns, graph.integer(0)]))];
  });
  // Not every runtime takes empty vectors: the sentinel has a term always.
  const one = graph.add("Reshape", [graph.add("Mul", [sentinel, width]), graph.integers(1)]);
  const all = graph.add("Concat", [...keys, one], { axis: 0 });
  const [unique, , , counts] = graph.addMany("Unique", [all], 4, { sorted: 1 });
  const rows = graph.add("Div", [unique, width]);
  return { rows, columns: graph.add("Sub", [unique, graph.add("Mul", [rows, width])]), counts };
}

/** The columns of the terms of one token, of two, and so on. */
function byLength(vocabulary: readonly string[], ngrams: number): number[][] {
  const columns = Array.from({ length: ngrams }, (): number[] => []);
  for (const [column, term] of vocabulary.entries()) columns[term.split(" ").length - 1].push(column);
  return columns;
}

interface Runs {
  readonly terms: Value;
  readonly rows: Value;
}

/** The runs of one token, of two, and so on; within one text, and only of tokens that may stand in a term. */
function runs(graph: GraphWriter, { texts, rows, usable }: Tokens, ngrams: number): Runs[] {
  const found: Runs[] = [];
  let terms = texts;
  let whole = usable;
  for (let length = 1; length <= ngrams; length++) {
    const starts = length === 1 ? rows : butLast(graph, rows, length - 1);
    if (length > 1) {
      terms = graph.add("StringConcat", [
        graph.add("StringConcat", [butLast(graph, terms, 1), graph.texts(" ")]),
        from(graph, texts, length - 1),
      ]);
      const within = graph.add("Equal", [starts, from(graph, rows, length - 1)]);
      whole =
        usable === undefined
          ? within
          : all(graph, [butLast(graph, whole as Value, 1), from(graph, usable, length - 1), within]);
    }
    found.push(
      whole === undefined
        ? { terms, rows: starts }
        : { terms: keep(graph, terms, whole), rows: keep(graph, starts, whole) },
    );
  }
  return found;
}

function all(graph: GraphWriter, conditions: readonly Value[]): Value {
  return conditions.reduce((both, each) => graph.add("And", [both, each]));
}

function from(graph: GraphWriter, vector: Value, start: number): Value {
  return graph.add("Slice", [vector, graph.integers(start), graph.integers(2 ** 31 - 1)]);
}

function butLast(graph: GraphWriter, vector: Value, count: number): Value {
  return graph.add("Slice", [vector, graph.integers(0), graph.integers(-count)]);
}
