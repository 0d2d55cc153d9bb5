import { addWithoutAddresses, schemeBreak } from "./onnx-addresses.js";
import { cutAtEach } from "./onnx-cutting.js";
import type { GraphWriter, Value } from "./onnx-graph.js";
import { addLowerCase, type Capital } from "./onnx-lower-case.js";
import { inOrder, keepPieces, matches, numbersOf } from "./onnx-pieces.js";

/** Tokens of all texts, text after text, each in order of reading. */
export interface Tokens {
  /** string [T] */
  readonly texts: Value;
  /** int64 [T]: number of the text. */
  readonly rows: Value;
  /** bool [T]: whether it may stand in a term; absent where all may. */
  readonly usable?: Value;
}

export interface TokenOptions {
  /** Characters that are tokens by themselves, to be parted from the words that they touch. */
  readonly symbols: readonly string[];
  readonly capitals: readonly Capital[];
  readonly withoutAddresses: boolean;
}

/** White space as JavaScript has it. */
const whiteSpace = [..." \n\t\r\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"]; // biome-ignore format: one line
const word = "[\\p{L}\\p{M}\\p{N}_]+";

/**
 * Reads texts [N] as tokens: lower-cased runs of letters, digits and `_`, and each of the symbols by itself. White space
 * parts the texts into chunks; one that is a word as it stands is done, and the others are cut at each symbol.
 */
export function addTokens(graph: GraphWriter, given: Value, options: TokenOptions): Tokens {
  const chunks = cutAtEach(graph, { texts: given, owners: numbersOf(graph, given) }, whiteSpace, false);
  const { heads, breaks } = options.withoutAddresses
    ? addWithoutAddresses(graph, chunks.texts)
    : { heads: chunks.texts, breaks: undefined };
  const numbered = { texts: addLowerCase(graph, heads, options.capitals), owners: numbersOf(graph, heads) };
  const isWord = matches(graph, numbered.texts, word);
  const words = keepPieces(graph, numbered, isWord);
  const others = keepPieces(graph, numbered, graph.add("Not", [isWord]));
  const cut = cutAtEach(graph, others, options.symbols, true);
  const { texts, owners } = inOrder(graph, [cut, words, ...(breaks === undefined ? [] : [breaks])]);
  const rows = graph.add("Gather", [chunks.owners, owners]);
  return { texts, rows, ...(options.withoutAddresses && { usable: usableTokens(graph, texts) }) };
}

/** Neither a number, nor the name of an address's scheme. */
function usableTokens(graph: GraphWriter, texts: Value): Value {
  const isScheme = graph.add("Equal", [texts, graph.texts(schemeBreak)]);
  const next = graph.add(
    "Concat",
    [tail(graph, isScheme), graph.add("Slice", [isScheme, graph.integers(0), graph.integers(1)])],
    { axis: 0 },
  );
  const isNumber = matches(graph, texts, ".*\\p{N}.*");
  return graph.add("Not", [graph.add("Or", [graph.add("Or", [isScheme, next]), isNumber])]);
}

function tail(graph: GraphWriter, vector: Value): Value {
  return graph.add("Slice", [vector, graph.integers(1), graph.integers(2 ** 31 - 1)]);
}
