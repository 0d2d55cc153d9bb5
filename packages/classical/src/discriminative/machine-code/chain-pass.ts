import {
  type Code,
  call,
  drop,
  f64,
  i32,
  loopWhile,
  type MachineFunction,
  machineFunction,
  type NumberType,
  type Variable,
  variables,
  when,
} from "../../machine-code/assembler.js";
import { rowFunctions } from "./rows.js";

/**
 * What a pass works on: addresses of arrays, whole numbers and how many bytes a row has, in that order in memory. Rows
 * have a number a tag, and one more where that is odd.
 */
export const layoutFields = [
  ...["weights", "gradient", "transitionWeights", "sentenceOffsets", "rowOffsets", "rows", "offsets", "pairs", "gold"],
  ...["transitions", "turned", "expected", "steps", "emissions", "forward", "backward", "arriving", "scales"],
  ...["tags", "width"],
] as const;

export type LayoutField = (typeof layoutFields)[number];

const own = ["readEmissions", "followGold", "goForward", "goBackward", "addTransitions", "addEmissions"] as const;
const callable = ["log", ...Object.keys(rowFunctions), ...own];

/** Calls a function of the module by its name. */
function run(name: "log" | keyof typeof rowFunctions | (typeof own)[number], ...values: Code[]): Code {
  return call(callable.indexOf(name), ...values);
}

/** What stands in a field of the layout. */
type ReadField = (name: LayoutField) => Code;

/** A function that is given the layout first, and reads its fields by their names. */
function chainFunction<P extends string, V extends string>(
  parameters: Readonly<Record<P, NumberType>>,
  kept: Readonly<Record<V, NumberType>>,
  results: readonly NumberType[],
  write: (v: Readonly<Record<"layout" | P | V, Variable>>, field: ReadField) => readonly Code[],
): MachineFunction {
  const all = { layout: "i32", ...parameters } as Readonly<Record<"layout" | P, NumberType>>;
  return machineFunction(all, kept, results, (v) =>
    write(v, (name) => i32.load(v.layout.get, 4 * layoutFields.indexOf(name))),
  );
}

const wholeAt = (array: Code, number: Code) => i32.load(i32.add(array, i32.shiftLeft(number, 2)));
const byteAt = (array: Code, number: Code) => i32.load8(i32.add(array, number));
const numberAt = (row: Code, number: Code) => i32.add(row, i32.shiftLeft(number, 3));
const rowAt = (rows: Code, number: Code, width: Code) => i32.add(rows, i32.multiply(number, width));
const next = (value: Code) => i32.add(value, i32.const(1));
const before = (value: Code) => i32.subtract(value, i32.const(1));
const [tokenBytes, numberBytes] = [i32.const(4), i32.const(8)];

const sentence = variables("i32", "start", "length");
const overTokens = variables("i32", "token", "end", "row", "width");

/** The pairs of a token, tag by tag: `at` and `stop` are where those of a tag are, `tag` the place of its number in the row. */
const overPairs = variables("i32", "offset", "pairs", "at", "stop", "tag", "lastTag");

function byTags(
  v: Readonly<Record<keyof typeof overPairs | "token" | "row", Variable>>,
  field: ReadField,
  ...work: readonly Code[]
): Code[] {
  return [
    v.pairs.set(field("pairs")),
    v.offset.set(i32.add(field("offsets"), i32.shiftLeft(i32.multiply(v.token.get, field("tags")), 2))),
    v.stop.set(i32.add(v.pairs.get, i32.shiftLeft(i32.load(v.offset.get), 2))),
    v.tag.set(v.row.get),
    loopWhile(
      i32.isBelow(v.tag.get, v.lastTag.get),
      v.at.set(v.stop.get),
      v.offset.add(tokenBytes),
      v.stop.set(i32.add(v.pairs.get, i32.shiftLeft(i32.load(v.offset.get), 2))),
      ...work,
      v.tag.add(numberBytes),
    ),
  ];
}

/** Goes over the tokens of a sentence, with the row of each in an array that has one a token from its beginning on. */
function byTokens(
  v: Readonly<Record<keyof typeof overTokens | keyof typeof sentence | "lastTag", Variable>>,
  field: ReadField,
  rows: LayoutField,
  ...work: readonly Code[]
): Code[] {
  return [
    v.width.set(field("width")),
    v.row.set(field(rows)),
    v.token.set(v.start.get),
    v.end.set(i32.add(v.start.get, v.length.get)),
    loopWhile(
      i32.isBelow(v.token.get, v.end.get),
      v.lastTag.set(numberAt(v.row.get, field("tags"))),
      ...work,
      v.row.add(v.width.get),
      v.token.set(next(v.token.get)),
    ),
  ];
}

/** Sets what a row has beyond its tags, if it has. */
function setSpare(
  { lastTag, row, width }: Readonly<Record<"lastTag" | "row" | "width", Variable>>,
  value: number,
): Code {
  return when(i32.isBelow(lastTag.get, i32.add(row.get, width.get)), f64.store(lastTag.get, f64.const(value)));
}

/** Of each token `emissions` ← e^(the scores of its tags less the largest); Σ largest − the score of the gold tag. */
const readEmissions = chainFunction(
  sentence,
  { ...overTokens, ...overPairs, ...variables("i32", "weights"), ...variables("f64", "sum", "largest", "loss") },
  ["f64"],
  (v, field) => [
    v.weights.set(field("weights")),
    ...byTokens(
      v,
      field,
      "emissions",
      run("sumFeatures", v.weights.get, ...featuresOf(v.token, field), v.row.get, v.width.get),
      v.largest.set(f64.const(Number.NEGATIVE_INFINITY)),
      ...byTags(
        v,
        field,
        v.sum.set(f64.load(v.tag.get)),
        loopWhile(
          i32.isBelow(v.at.get, v.stop.get),
          v.sum.add(f64.load(numberAt(v.weights.get, i32.load(v.at.get)))),
          v.at.add(tokenBytes),
        ),
        f64.store(v.tag.get, v.sum.get),
        v.largest.set(f64.larger(v.largest.get, v.sum.get)),
      ),
      // What a row has beyond its tags is some other feature's.
      setSpare(v, Number.NEGATIVE_INFINITY),
      v.loss.add(f64.subtract(v.largest.get, f64.load(numberAt(v.row.get, byteAt(field("gold"), v.token.get))))),
      run("raise", v.row.get, v.width.get, v.largest.get),
    ),
    v.loss.get,
  ],
);

/** Where the numbers of a token's features that have a weight for every tag begin and end. */
function featuresOf(token: Variable, field: ReadField): [Code, Code] {
  const at = (number: Code) => i32.add(field("rows"), i32.shiftLeft(wholeAt(field("rowOffsets"), number), 2));
  return [at(token.get), at(next(token.get))];
}

/** The score of the gold tags' transitions, each of which is counted off in `steps`. */
const followGold = chainFunction(
  sentence,
  { ...variables("i32", "token", "end", "step", "gold"), score: "f64" },
  ["f64"],
  (v, field) => [
    v.gold.set(field("gold")),
    v.token.set(next(v.start.get)),
    v.end.set(i32.add(v.start.get, v.length.get)),
    loopWhile(
      i32.isBelow(v.token.get, v.end.get),
      v.step.set(
        i32.add(i32.multiply(byteAt(v.gold.get, before(v.token.get)), field("tags")), byteAt(v.gold.get, v.token.get)),
      ),
      v.score.add(f64.load(numberAt(field("transitionWeights"), v.step.get))),
      v.step.set(numberAt(field("steps"), v.step.get)),
      f64.store(v.step.get, f64.subtract(f64.load(v.step.get), f64.const(1))),
      v.token.set(next(v.token.get)),
    ),
    v.score.get,
  ],
);

/** Fills `forward`, each row of which adds up to 1, and `scales`; the logarithm of the sum over all taggings. */
const goForward = chainFunction(
  { length: "i32" },
  { ...variables("i32", "row", "end", "width", "emission", "scale"), ...variables("f64", "sum", "log") },
  ["f64"],
  (v, field) => [
    v.width.set(field("width")),
    v.row.set(field("forward")),
    v.emission.set(field("emissions")),
    v.scale.set(field("scales")),
    v.end.set(rowAt(v.row.get, v.length.get, v.width.get)),
    run("fill", v.row.get, v.width.get, f64.const(1)),
    loopWhile(
      i32.isBelow(v.row.get, v.end.get),
      v.sum.set(run("multiply", v.row.get, v.emission.get, v.width.get)),
      f64.store(v.scale.get, f64.divide(f64.const(1), v.sum.get)),
      run("scale", v.row.get, v.width.get, f64.load(v.scale.get)),
      v.log.add(run("log", v.sum.get)),
      v.row.add(v.width.get),
      v.emission.add(v.width.get),
      v.scale.add(numberBytes),
      when(
        i32.isBelow(v.row.get, v.end.get),
        run("fill", v.row.get, v.width.get, f64.const(0)),
        run(
          "addCombined",
          ...[i32.subtract(v.row.get, v.width.get), numberBytes],
          ...[field("transitions"), field("tags"), v.row.get, v.width.get],
        ),
      ),
    ),
    v.log.get,
  ],
);

/**
 * Fills `backward`, so that forward · backward is each tag's probability, and `arriving`: emissions · backward · scale of each
 * token but the first.
 */
const goBackward = chainFunction(
  { length: "i32" },
  variables("i32", "token", "width", "row", "arriving"),
  [],
  (v, field) => [
    v.width.set(field("width")),
    v.token.set(before(v.length.get)),
    v.row.set(rowAt(field("backward"), v.token.get, v.width.get)),
    run("fill", v.row.get, v.width.get, f64.const(1)),
    loopWhile(
      v.token.get,
      v.arriving.set(rowAt(field("arriving"), v.token.get, v.width.get)),
      run(
        "multiplyInto",
        ...[rowAt(field("emissions"), v.token.get, v.width.get), v.row.get, v.arriving.get, v.width.get],
        f64.load(numberAt(field("scales"), v.token.get)),
      ),
      v.row.set(i32.subtract(v.row.get, v.width.get)),
      run("fill", v.row.get, v.width.get, f64.const(0)),
      run("addCombined", ...[v.arriving.get, numberBytes, field("turned"), field("tags"), v.row.get, v.width.get]),
      v.token.set(before(v.token.get)),
    ),
  ],
);

/** expected[tag] ← expected[tag] + Σ forward[token − 1][tag] · arriving[token]: times e^transition, how often each is expected. */
const addTransitions = chainFunction(
  { length: "i32" },
  variables("i32", "from", "end", "width", "to"),
  [],
  (v, field) => [
    v.width.set(field("width")),
    v.from.set(field("forward")),
    v.end.set(numberAt(v.from.get, field("tags"))),
    v.to.set(field("expected")),
    loopWhile(
      i32.isBelow(v.from.get, v.end.get),
      run(
        "addCombined",
        ...[v.from.get, v.width.get, i32.add(field("arriving"), v.width.get), before(v.length.get)],
        ...[v.to.get, v.width.get],
      ),
      v.from.add(numberBytes),
      v.to.add(v.width.get),
    ),
  ],
);

/** Adds to the gradient what is expected of each token's tags, less the gold one; `forward` is used up. */
const addEmissions = chainFunction(
  sentence,
  { ...overTokens, ...overPairs, ...variables("i32", "backward", "gradient", "weight"), amount: "f64" },
  [],
  (v, field) => [
    v.gradient.set(field("gradient")),
    v.backward.set(field("backward")),
    ...byTokens(
      v,
      field,
      "forward",
      drop(run("multiply", v.row.get, v.backward.get, v.width.get)),
      // It is added to some other feature's, and is no number where a sum vanished.
      setSpare(v, 0),
      v.weight.set(numberAt(v.row.get, byteAt(field("gold"), v.token.get))),
      f64.store(v.weight.get, f64.subtract(f64.load(v.weight.get), f64.const(1))),
      run("addToFeatures", v.gradient.get, ...featuresOf(v.token, field), v.row.get, v.width.get),
      ...byTags(
        v,
        field,
        v.amount.set(f64.load(v.tag.get)),
        loopWhile(
          i32.isBelow(v.at.get, v.stop.get),
          v.weight.set(numberAt(v.gradient.get, i32.load(v.at.get))),
          f64.store(v.weight.get, f64.add(f64.load(v.weight.get), v.amount.get)),
          v.at.add(tokenBytes),
        ),
      ),
      v.backward.add(v.width.get),
    ),
  ],
);

/**
 * Σ −log p(tags | sentence) of the sentences from `first` to `last − 1`, transitions having been shifted by their largest weight,
 * which is added for each. Adds to `gradient`, `expected` and `steps`.
 */
const chainPass = chainFunction(
  { ...variables("i32", "first", "last"), largest: "f64" },
  { ...variables("i32", "start", "length"), loss: "f64" },
  ["f64"],
  (v, field) => [
    loopWhile(
      i32.isBelow(v.first.get, v.last.get),
      v.start.set(wholeAt(field("sentenceOffsets"), v.first.get)),
      v.first.set(next(v.first.get)),
      v.length.set(i32.subtract(wholeAt(field("sentenceOffsets"), v.first.get), v.start.get)),
      when(
        v.length.get,
        v.loss.add(run("readEmissions", v.layout.get, v.start.get, v.length.get)),
        v.loss.set(f64.subtract(v.loss.get, run("followGold", v.layout.get, v.start.get, v.length.get))),
        v.loss.add(run("goForward", v.layout.get, v.length.get)),
        v.loss.add(f64.multiply(i32.toF64(before(v.length.get)), v.largest.get)),
        run("goBackward", v.layout.get, v.length.get),
        run("addTransitions", v.layout.get, v.length.get),
        run("addEmissions", v.layout.get, v.start.get, v.length.get),
      ),
    ),
    v.loss.get,
  ],
);

/** In the order in which they are numbered. */
export const chainFunctions: Readonly<Record<(typeof own)[number] | "chainPass", MachineFunction>> = {
  ...{ readEmissions, followGold, goForward, goBackward, addTransitions, addEmissions },
  chainPass,
};
