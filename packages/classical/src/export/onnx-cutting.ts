import type { GraphWriter, Value } from "./onnx-graph.js";
import { type Pieces, whereAnyHas } from "./onnx-pieces.js";

const frequent = /[\n\r\t\x20-\x7e]/;
const blockSize = 64;

/**
 * Cuts pieces at each of some characters, and keeps the characters as pieces where `kept` says so; empty pieces are left
 * out. A frequent character has nodes of its own; the others share those of a loop, a block of them at a time. What
 * nothing has costs a test.
 */
export function cutAtEach(graph: GraphWriter, pieces: Pieces, characters: readonly string[], kept: boolean): Pieces {
  let cut = pieces;
  for (const each of characters.filter((character) => frequent.test(character)))
    cut = whereAnyHas(graph, cut, [each], () =>
      cutAt(graph, cut, split(graph, cut.texts, each), kept ? graph.texts(each) : undefined),
    );
  const rare = characters.filter((character) => !frequent.test(character));
  for (let start = 0; start < rare.length; start += blockSize) {
    const block = rare.slice(start, start + blockSize);
    cut = whereAnyHas(graph, cut, block, () => cutInLoop(graph, cut, block, kept));
  }
  return cut;
}

interface Split {
  /** string [T, k]: the parts of each text, filled up with empty ones. */
  readonly parts: Value;
  /** int64 [T]: how many there are. */
  readonly counts: Value;
}

function split(graph: GraphWriter, texts: Value, delimiter: string): Split {
  const [parts, counts] = graph.addMany("StringSplit", [texts], 2, { delimiter });
  return { parts, counts };
}

function cutInLoop(
  graph: GraphWriter,
  { texts, owners }: Pieces,
  characters: readonly string[],
  kept: boolean,
): Pieces {
  const [step, condition, piece, owner] = [graph.name(), graph.name(), graph.name(), graph.name()];
  const body = graph.branch(
    [
      { name: step, type: "int64", dims: [] },
      { name: condition, type: "bool", dims: [] },
      { name: piece, type: "string" },
      { name: owner, type: "int64" },
    ],
    () => {
      const character = () => graph.add("Gather", [graph.texts(...characters), step]);
      const delimiter = kept ? graph.add("Unsqueeze", [character(), graph.integers(0)]) : undefined;
      const cut = cutAt(graph, { texts: piece, owners: owner }, splitAtStep(graph, piece, characters, step), delimiter);
      return [
        { name: graph.add("Identity", [condition]), type: "bool", dims: [] },
        { name: cut.texts, type: "string" },
        { name: cut.owners, type: "int64" },
      ];
    },
  );
  const [cutTexts, cutOwners] = graph.addMany("Loop", [graph.integer(characters.length), "", texts, owners], 2, {
    body,
  });
  return { texts: cutTexts, owners: cutOwners };
}

/** A split at the character of the step: the delimiter is an attribute, so that each needs a node, found by halving. */
function splitAtStep(graph: GraphWriter, texts: Value, characters: readonly string[], step: Value, first = 0): Split {
  if (characters.length === 1) return split(graph, texts, characters[0]);
  const half = characters.length >> 1;
  const side = (some: readonly string[], from: number) =>
    graph.branch([], () => {
      const { parts, counts } = splitAtStep(graph, texts, some, step, from);
      return [
        { name: parts, type: "string" },
        { name: counts, type: "int64" },
      ];
    });
  const [parts, counts] = graph.addMany("If", [graph.add("Less", [step, graph.integer(first + half)])], 2, {
    then_branch: side(characters.slice(0, half), first),
    else_branch: side(characters.slice(half), first + half),
  });
  return { parts, counts };
}

/** @param delimiter string [1], where it is kept */
function cutAt(graph: GraphWriter, { owners }: Pieces, { parts, counts }: Split, delimiter?: Value): Pieces {
  const nonEmpty = graph.add("Not", [graph.add("Equal", [parts, graph.texts("")])]);
  if (delimiter === undefined) return flattened(graph, parts, nonEmpty, owners);
  const last = graph.integers(-1);
  const column = graph.add("Unsqueeze", [parts, last]);
  const delimiters = graph.add("Expand", [delimiter, graph.add("Shape", [column])]);
  const width = graph.add("Squeeze", [graph.add("Shape", [parts], { start: 1 })]);
  const places = graph.add("Range", [graph.integer(1), graph.add("Add", [width, graph.integer(1)]), graph.integer(1)]);
  const followed = graph.add("Less", [places, graph.add("Unsqueeze", [counts, last])]);
  const pair = (first: Value, second: Value): Value => graph.add("Concat", [first, second], { axis: -1 });
  const present = pair(graph.add("Unsqueeze", [nonEmpty, last]), graph.add("Unsqueeze", [followed, last]));
  return flattened(graph, pair(column, delimiters), present, owners);
}

/** The parts that are there one after the other, each with its piece's owner. */
function flattened(graph: GraphWriter, parts: Value, present: Value, owners: Value): Pieces {
  const wide = graph.add("Reshape", [parts, graph.integers(0, -1)]);
  const condition = graph.add("Reshape", [present, graph.integers(-1)]);
  const ownersWide = graph.add("Expand", [
    graph.add("Unsqueeze", [owners, graph.integers(-1)]),
    graph.add("Shape", [wide]),
  ]);
  return { texts: graph.add("Compress", [parts, condition]), owners: graph.add("Compress", [ownersWide, condition]) };
}
