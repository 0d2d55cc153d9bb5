import {
  type Code,
  i32,
  i64,
  loopWhile,
  machineFunction,
  type Variable,
  variables,
  when,
  whenElse,
} from "../../machine-code/assembler.js";
import { compiledFor } from "../../machine-code/shared-memory.js";
import { firstMixing, lastMixing } from "../hash-slots.js";
import { parentFactor, symbolFactor } from "../term-trie.js";
import { firstHash, hashFactor } from "../token-table.js";
import { at, nextSlot } from "./elements.js";

/** A hash and 1 + the number of a token, see `hashSlots`. */
const tokenSlotBytes = 8;

/** As `mixedHash`. */
function mix(hash: Variable): Code[] {
  const fold = (bits: number) => i32.exclusiveOr(hash.get, i32.shiftRight(hash.get, bits));
  return [
    hash.set(i32.multiply(fold(15), i32.const(firstMixing))),
    hash.set(i32.multiply(fold(12), i32.const(lastMixing))),
    hash.set(fold(15)),
  ];
}

/**
 * Writes the number of each word of ASCII between bounds, and adds to a token table those that are new; for these there
 * must be room. `around` has the bits of an offset of a slot.
 * @returns how many tokens the table has then
 */
const numberWords = machineFunction(
  variables("i32", "bounds", "last", "numbers", "units", "starts", "slots", "around", "size"),
  variables("i32", "start", "end", "length", "hash", "slot", "token", "byte", "unit", "found"),
  ["i32"],
  (v) => [
    loopWhile(
      i32.isBelow(v.bounds.get, v.last.get),
      v.start.set(i32.load(v.bounds.get)),
      v.end.set(i32.load(v.bounds.get, 4)),
      v.length.set(i32.subtract(v.end.get, v.start.get)),
      v.hash.set(i32.const(firstHash)),
      v.byte.set(v.start.get),
      loopWhile(
        i32.isBelow(v.byte.get, v.end.get),
        v.hash.set(i32.multiply(i32.exclusiveOr(v.hash.get, i32.load8(v.byte.get)), i32.const(hashFactor))),
        v.byte.add(i32.const(1)),
      ),
      ...mix(v.hash),
      v.slot.set(i32.add(v.slots.get, i32.and(i32.shiftLeft(v.hash.get, 3), v.around.get))),
      v.found.set(i32.const(0)),
      loopWhile(
        i32.isZero(v.found.get),
        v.token.set(i32.load(v.slot.get, 4)),
        whenElse(i32.isZero(v.token.get), addWord(v), [
          when(i32.isEqual(i32.load(v.slot.get), v.hash.get), ...compareWord(v)),
          nextSlot(v, tokenSlotBytes),
        ]),
      ),
      i32.store(v.numbers.get, i32.subtract(v.token.get, i32.const(1))),
      v.numbers.add(i32.const(4)),
      v.bounds.add(i32.const(8)),
    ),
    v.size.get,
  ],
);

type WordVariables = Readonly<
  Record<"units" | "starts" | "size" | "start" | "end" | "byte" | "unit", Variable> &
    Record<"length" | "hash" | "slot" | "token" | "found", Variable>
>;

/** Puts the word into the free slot. */
function addWord(v: WordVariables): Code[] {
  const start = i32.load(at(v.starts, v.size.get, 2));
  return [
    v.byte.set(v.start.get),
    v.unit.set(at(v.units, start, 1)),
    loopWhile(
      i32.isBelow(v.byte.get, v.end.get),
      i32.store16(v.unit.get, i32.load8(v.byte.get)),
      v.byte.add(i32.const(1)),
      v.unit.add(i32.const(2)),
    ),
    v.size.add(i32.const(1)),
    i32.store(at(v.starts, v.size.get, 2), i32.shiftRight(i32.subtract(v.unit.get, v.units.get), 1)),
    i32.store(v.slot.get, v.hash.get),
    i32.store(v.slot.get, v.size.get, 4),
    v.token.set(v.size.get),
    v.found.set(i32.const(1)),
  ];
}

/** Of a token with the word's hash: whether it is the word. */
function compareWord(v: WordVariables): Code[] {
  const [start, end] = [-1, 0].map((further) => i32.load(at(v.starts, i32.add(v.token.get, i32.const(further)), 2)));
  return [
    when(
      i32.isEqual(i32.subtract(end, start), v.length.get),
      v.byte.set(v.start.get),
      v.unit.set(at(v.units, start, 1)),
      loopWhile(
        i32.and(i32.isBelow(v.byte.get, v.end.get), i32.isEqual(i32.load16(v.unit.get), i32.load8(v.byte.get))),
        v.byte.add(i32.const(1)),
        v.unit.add(i32.const(2)),
      ),
      v.found.set(i32.isEqual(v.byte.get, v.end.get)),
    ),
  ];
}

/** Sets the hash of a node from its parent and symbol, as `hashOf`, and its first slot. */
function hashNode({ hash, parent, symbol, slot, around }: Readonly<Record<keyof typeof node | "around", Variable>>) {
  const times = (value: Variable, factor: number) => i32.multiply(value.get, i32.const(factor));
  return [
    hash.set(i32.exclusiveOr(times(parent, parentFactor), times(symbol, symbolFactor))),
    ...mix(hash),
    slot.set(i32.and(hash.get, around.get)),
  ];
}

const node = variables("i32", "parent", "symbol", "hash", "slot");
const absent = i32.const(-1);

/** The slots and nodes of a trie. `around` has the bits of a slot's number, `high` all others. */
const trie = variables("i32", "nodes", "slots", "around", "high");

/** What stands in the slot of node `number`. */
const entryOf = (hash: Variable, high: Variable, number: Variable): Code =>
  i32.or(i32.and(hash.get, high.get), i32.add(number.get, i32.const(1)));

/**
 * Goes from the runs that end at the tokens of a text to those one token longer, as `addLongerRuns`; for nodes that are new
 * there must be room.
 * @returns how many nodes there are then
 */
const lengthenRuns = machineFunction(
  { ...variables("i32", "runs", "tokens", "last", "longer", "size"), ...trie },
  { ...node, ...variables("i32", "entry", "number", "found"), ...variables("i64", "both") },
  ["i32"],
  (v) => [
    loopWhile(
      i32.isBelow(v.tokens.get, v.last.get),
      v.parent.set(i32.load(v.runs.get)),
      v.symbol.set(i32.load(v.tokens.get)),
      v.found.set(absent),
      when(
        i32.isZero(i32.or(i32.isEqual(v.parent.get, absent), i32.isEqual(v.symbol.get, absent))),
        ...hashNode(v),
        v.both.set(i64.or(i64.fromI32(v.parent.get), i64.shiftLeft(i64.fromI32(v.symbol.get), 32))),
        loopWhile(
          i32.isEqual(v.found.get, absent),
          v.entry.set(i32.load(at(v.slots, v.slot.get, 2))),
          whenElse(
            i32.isZero(v.entry.get),
            [
              v.found.set(v.size.get),
              i64.store(at(v.nodes, v.size.get, 3), v.both.get),
              i32.store(at(v.slots, v.slot.get, 2), entryOf(v.hash, v.high, v.size)),
              v.size.add(i32.const(1)),
            ],
            [
              when(
                i32.isZero(i32.and(i32.exclusiveOr(v.entry.get, v.hash.get), v.high.get)),
                v.number.set(i32.subtract(i32.and(v.entry.get, v.around.get), i32.const(1))),
                when(i64.isEqual(i64.load(at(v.nodes, v.number.get, 3)), v.both.get), v.found.set(v.number.get)),
              ),
              v.slot.set(i32.and(i32.add(v.slot.get, i32.const(1)), v.around.get)),
            ],
          ),
        ),
      ),
      i32.store(v.longer.get, v.found.get),
      v.runs.add(i32.const(4)),
      v.tokens.add(i32.const(4)),
      v.longer.add(i32.const(4)),
    ),
    v.size.get,
  ],
);

/** Puts the first `size` nodes into slots that are empty. */
const putNodes = machineFunction(
  { ...variables("i32", "size"), ...trie },
  { ...node, ...variables("i32", "number") },
  [],
  (v) => [
    loopWhile(
      i32.isBelow(v.number.get, v.size.get),
      v.parent.set(i32.load(at(v.nodes, v.number.get, 3))),
      v.symbol.set(i32.load(at(v.nodes, v.number.get, 3), 4)),
      ...hashNode(v),
      loopWhile(
        i32.load(at(v.slots, v.slot.get, 2)),
        v.slot.set(i32.and(i32.add(v.slot.get, i32.const(1)), v.around.get)),
      ),
      i32.store(at(v.slots, v.slot.get, 2), entryOf(v.hash, v.high, v.number)),
      v.number.add(i32.const(1)),
    ),
  ],
);

/** The functions that let a vocabulary grow, over one memory. */
export const growingKernel = compiledFor({}, { numberWords, lengthenRuns, putNodes });
