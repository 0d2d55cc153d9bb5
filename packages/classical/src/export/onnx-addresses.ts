import type { GraphWriter, Value } from "./onnx-graph.js";
import { joinParts, keepPieces, matches, numbersOf, type Pieces, whereAnyMatches } from "./onnx-pieces.js";

/** Chunks of text without their addresses, and what stands for each address that was cut off. */
export interface WithoutAddresses {
  /** string [T]: what is left of each chunk, which may be nothing. */
  readonly heads: Value;
  /** For each chunk that had one a token that no term may reach across; its owner is the chunk's number. */
  readonly breaks: Pieces;
}

/** Ends a chunk of which the last token is the scheme of an address. */
export const schemeBreak = "://";
const otherBreak = "0";
const types = ["string", "string"] as const;

/**
 * Cuts addresses off chunks [T] that have no white space in them, each to the end of its chunk: all of a chunk with
 * `@` inside, what begins with `www.`, and what begins with a scheme, whose name is left for its break to take away.
 */
export function addWithoutAddresses(graph: GraphWriter, chunks: Value): WithoutAddresses {
  const none = graph.add("Expand", [graph.texts(""), graph.add("Shape", [chunks])]);
  const about = { texts: chunks, values: [chunks, none], types };
  const [heads, breaks] = whereAnyMatches(graph, ".*(?:@|://|www\\.).*", about, () => cutAddresses(graph, chunks));
  const all = { texts: breaks, owners: numbersOf(graph, chunks) };
  return { heads, breaks: keepPieces(graph, all, isNot(graph, all.texts, "")) };
}

function cutAddresses(graph: GraphWriter, chunks: Value): [heads: Value, breaks: Value] {
  const mail = matches(graph, chunks, ".+@.+");
  const never = graph.add("Less", [numbersOf(graph, chunks), graph.integer(0)]);
  const web = cutAtFirst(graph, chunks, { delimiter: "www.", before: "(?:.*[^0-9A-Za-z_])?", followed: never });
  const scheme = cutAtFirst(graph, web.heads, { delimiter: "://", before: ".*[0-9A-Za-z_]", followed: web.found });
  const others = graph.add("Where", [graph.add("Or", [mail, web.found]), graph.texts(otherBreak), graph.texts("")]);
  const onlyScheme = graph.add("And", [scheme.found, graph.add("Not", [mail])]);
  return [
    graph.add("Where", [mail, graph.texts(""), scheme.heads]),
    graph.add("Where", [onlyScheme, graph.texts(schemeBreak), others]),
  ];
}

interface Cut {
  readonly delimiter: string;
  /** What the chunk before the delimiter must match. */
  readonly before: string;
  /** bool [T]: whether something comes after the chunk, which the delimiter must not end. */
  readonly followed: Value;
}

/** The chunks up to the first delimiter that has before and after it what it must have. */
function cutAtFirst(graph: GraphWriter, chunks: Value, { delimiter, before, followed }: Cut) {
  // A part more at the end, so that each chunk has one and each part has a next.
  const [parts, counts] = graph.addMany("StringSplit", [chunks], 2, { delimiter });
  const last = graph.integers(-1);
  const count = graph.add("Unsqueeze", [counts, last]);
  const width = graph.add("Squeeze", [graph.add("Shape", [parts], { start: 1 })]);
  const place = graph.add("Range", [graph.integer(0), width, graph.integer(1)]);
  const lastPlace = graph.add("Sub", [count, graph.integer(1)]);
  const isDelimited = graph.add("Less", [place, lastPlace]);
  const ends = graph.add("And", [
    graph.add("Equal", [place, graph.add("Sub", [count, graph.integer(2)])]),
    graph.add("Unsqueeze", [
      graph.add("And", [endsWith(graph, chunks, delimiter), graph.add("Not", [followed])]),
      last,
    ]),
  ]);
  const valid = graph.add("And", [
    graph.add("And", [matches(graph, parts, before), isDelimited]),
    graph.add("Not", [ends]),
  ]);
  const first = graph.add("ReduceMin", [graph.add("Where", [valid, place, lastPlace]), last], { keepdims: 0 });
  return {
    heads: joinParts(graph, parts, first, delimiter),
    found: graph.add("Less", [first, graph.add("Sub", [counts, graph.integer(1)])]),
  };
}

function endsWith(graph: GraphWriter, texts: Value, delimiter: string): Value {
  return matches(graph, texts, `.*${delimiter.replaceAll(".", "\\.")}`);
}

function isNot(graph: GraphWriter, texts: Value, text: string): Value {
  return graph.add("Not", [graph.add("Equal", [texts, graph.texts(text)])]);
}
