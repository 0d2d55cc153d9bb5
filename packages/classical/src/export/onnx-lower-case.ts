import type { GraphWriter, Value } from "./onnx-graph.js";
import { anyOf, joinParts, whereAnyMatches } from "./onnx-pieces.js";

/** A character beyond ASCII, and what it becomes in lower case. */
export interface Capital {
  readonly upper: string;
  readonly lower: string;
}

/**
 * The characters beyond ASCII whose lower case is written with letters of the alphabet. Those of any other make a word
 * that no term has, in whichever case.
 */
export function capitalsOver(alphabet: ReadonlySet<string>): Capital[] {
  const found: Capital[] = [];
  for (let code = 0x80; code <= 0x1e943; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const upper = String.fromCodePoint(code);
    const lower = upper.toLowerCase();
    if (lower !== upper && [...lower].every((each) => alphabet.has(each))) found.push({ upper, lower });
  }
  return found;
}

/** Texts [T], T at least 1, in lower case. The locale "C" is the only one that is everywhere, and it knows A to Z. */
export function addLowerCase(graph: GraphWriter, texts: Value, capitals: readonly Capital[]): Value {
  const options = { case_change_action: "LOWER", is_case_sensitive: 1, locale: "C" };
  const lower = graph.add("StringNormalizer", [texts], options);
  if (capitals.length === 0) return lower;
  return guarded(
    graph,
    lower,
    capitals.map(({ upper }) => upper),
    () => capitals.reduce((text, each) => guarded(graph, text, [each.upper], () => replaced(graph, text, each)), lower),
  );
}

function guarded(graph: GraphWriter, texts: Value, characters: readonly string[], change: () => Value): Value {
  const about = { texts, values: [texts], types: ["string"] } as const;
  return whereAnyMatches(graph, `.*${anyOf(characters)}.*`, about, () => [change()])[0];
}

function replaced(graph: GraphWriter, texts: Value, { upper, lower }: Capital): Value {
  const [parts, counts] = graph.addMany("StringSplit", [texts], 2, { delimiter: upper });
  return joinParts(graph, parts, graph.add("Sub", [counts, graph.integer(1)]), lower);
}
