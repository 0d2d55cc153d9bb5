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
import { at, nextSlot } from "./elements.js";

/** Odd, of well mixed bits (Steele, Lea & Flood 2014): the high bits of a product with it depend on all bits. */
const hashFactor = 0x9e3779b97f4a7c15n;

/**
 * A slot: the first eight bytes of a word, 1 + its number (0 where the slot is free), and where the word stands if it is
 * longer, its length before it.
 */
export const slotBytes = 16;
const [numberAt, placeAt] = [8, 12];
const wordBytes = 8;

const word = variables("i32", "start", "end");
const hashed = { ...variables("i32", "length", "at", "slot"), ...variables("i64", "key", "hash", "part") } as const;
type Hashed = Readonly<Record<keyof typeof hashed | keyof typeof word | "masks" | "shift" | "slots", Variable>>;

/** Sets the length, the key, which is the first eight bytes, the hash and the slot of a word. */
function hashWord({ start, end, length, at: place, slot, key, hash, part, masks, shift, slots }: Hashed): Code[] {
  const masked = (from: Code, bytes: Code) => i64.and(i64.load(from), i64.load(at(masks, bytes, 3)));
  const mixed = (value: Code) => i64.multiply(value, i64.const(hashFactor));
  const isWhole = i32.isBelow(end.get, i32.add(place.get, i32.const(wordBytes)));
  return [
    length.set(i32.subtract(end.get, start.get)),
    whenElse(
      i32.isBelow(i32.const(wordBytes), length.get),
      [
        key.set(i64.load(start.get)),
        hash.set(mixed(key.get)),
        place.set(i32.add(start.get, i32.const(wordBytes))),
        loopWhile(
          i32.isBelow(place.get, end.get),
          whenElse(
            isWhole,
            [part.set(masked(place.get, i32.subtract(end.get, place.get)))],
            [part.set(i64.load(place.get))],
          ),
          hash.set(mixed(i64.exclusiveOr(hash.get, part.get))),
          place.add(i32.const(wordBytes)),
        ),
      ],
      [key.set(masked(start.get, length.get)), hash.set(mixed(key.get))],
    ),
    slot.set(i32.add(slots.get, i32.shiftLeft(i64.toI32(i64.shiftRight(hash.get, i64.fromI32(shift.get))), 4))),
  ];
}

/** `around` has the bits of an offset of a slot. */
const table = variables("i32", "slots", "masks", "shift", "around");
const wordsOf = variables("i32", "bounds", "last", "numbers");

/** Puts words into slots: `bounds` holds where each begins and ends in memory, `numbers` 1 + the number of each. */
const addWords = machineFunction({ ...table, ...wordsOf }, { ...word, ...hashed }, [], (v) => [
  loopWhile(
    i32.isBelow(v.bounds.get, v.last.get),
    v.start.set(i32.load(v.bounds.get)),
    v.end.set(i32.load(v.bounds.get, 4)),
    ...hashWord(v),
    loopWhile(i32.load(v.slot.get, numberAt), nextSlot(v, slotBytes)),
    i64.store(v.slot.get, v.key.get),
    i32.store(v.slot.get, i32.load(v.numbers.get), numberAt),
    when(i32.isBelow(i32.const(wordBytes), v.length.get), i32.store(v.slot.get, v.start.get, placeAt)),
    v.bounds.add(i32.const(8)),
    v.numbers.add(i32.const(4)),
  ),
]);

const [isWord, isMark] = [i32.const(1), i32.const(2)];

/**
 * Parts a text into words and other visible characters, writes where each begins and ends, and puts the text into lower
 * case. What begins or ends at a character is always written, and kept if so: a branch would be guessed wrong.
 * @returns the end of the last bounds
 */
const partText = machineFunction(
  variables("i32", "text", "end", "kinds", "lower", "bounds"),
  variables("i32", "byte", "kind", "is", "was"),
  ["i32"],
  (v) => [
    loopWhile(
      i32.isBelow(v.text.get, v.end.get),
      v.byte.set(i32.load8(v.text.get)),
      v.kind.set(i32.load8(i32.add(v.kinds.get, v.byte.get))),
      i32.store8(v.text.get, i32.load8(i32.add(v.lower.get, v.byte.get))),
      v.is.set(i32.and(v.kind.get, isWord)),
      i32.store(v.bounds.get, v.text.get),
      v.bounds.add(i32.shiftLeft(i32.exclusiveOr(v.is.get, v.was.get), 2)),
      v.was.set(v.is.get),
      i32.store(v.bounds.get, v.text.get),
      i32.store(v.bounds.get, i32.add(v.text.get, i32.const(1)), 4),
      v.bounds.add(i32.shiftLeft(i32.and(v.kind.get, isMark), 2)),
      v.text.add(i32.const(1)),
    ),
    i32.store(v.bounds.get, v.end.get),
    i32.add(v.bounds.get, i32.shiftLeft(v.was.get, 2)),
  ],
);

/** Finds words in slots, and writes the number of each, or −1. */
const findWords = machineFunction(
  { ...table, ...wordsOf },
  { ...word, ...hashed, ...variables("i32", "number", "place", "found") },
  [],
  (v) => [
    loopWhile(
      i32.isBelow(v.bounds.get, v.last.get),
      v.start.set(i32.load(v.bounds.get)),
      v.end.set(i32.load(v.bounds.get, 4)),
      ...hashWord(v),
      v.found.set(i32.const(0)),
      loopWhile(
        i32.isZero(v.found.get),
        v.number.set(i32.load(v.slot.get, numberAt)),
        v.found.set(i32.isZero(v.number.get)),
        when(i64.isEqual(i64.load(v.slot.get), v.key.get), ...compareRest(v)),
        nextSlot(v, slotBytes),
      ),
      i32.store(v.numbers.get, i32.subtract(v.number.get, i32.const(1))),
      v.bounds.add(i32.const(8)),
      v.numbers.add(i32.const(4)),
    ),
  ],
);

/** Of a word that begins as the slot's: whether it goes on as that does. */
function compareRest(v: Hashed & Readonly<Record<"place" | "number" | "found", Variable>>): Code[] {
  const restOf = (start: Variable) => i32.add(start.get, i32.subtract(v.at.get, v.start.get));
  return [
    v.place.set(i32.load(v.slot.get, placeAt)),
    whenElse(
      i32.isZero(v.place.get),
      [when(i32.isBelow(v.length.get, i32.const(wordBytes + 1)), v.found.set(i32.const(1)))],
      [
        when(
          i32.isEqual(i32.load(i32.subtract(v.place.get, i32.const(4))), v.length.get),
          v.at.set(i32.add(v.start.get, i32.const(wordBytes))),
          loopWhile(
            i32.and(i32.isBelow(v.at.get, v.end.get), i32.isEqual(i32.load8(v.at.get), i32.load8(restOf(v.place)))),
            v.at.add(i32.const(1)),
          ),
          when(i32.isEqual(v.at.get, v.end.get), v.found.set(i32.const(1))),
        ),
      ],
    ),
  ];
}

/** The functions that read words of ASCII, over one memory. */
export const asciiKernel = compiledFor({}, { addWords, partText, findWords });
