import {
  type ArrayMaker,
  type GrowingRoom,
  giveBack,
  ifThereIsRoom,
  mostSpareBytes,
  newRoom,
  noRoom,
} from "../machine-code/array-room.js";
import { asciiText } from "./ascii-text.js";
import { absent, moveSlots, slotsFor } from "./hash-slots.js";
import type { LengthenRuns } from "./lengthen-runs.js";
import { growingKernel } from "./machine-code/growing-words.js";
import type { Vocabulary } from "./vocabulary.js";

/**
 * Lets a vocabulary of words grow in machine code, which needs no time to become fast. As long as the vocabulary is small
 * its arrays lie in memory that machine code reaches; whatever else works on them is to make room first.
 */
export interface MachineGrowth {
  /** Three arrays for numbers of a text's tokens or runs. */
  arrays: Int32Array[];
  /** Parts a text; how many tokens it has, or undefined where it must be read otherwise. */
  part(text: string): number | undefined;
  /**
   * Makes room for a text of so many tokens, of so many units together, and so many nodes more. False where there is no
   * memory for that: then the arrays have been moved, and this is at its end.
   */
  makeRoom(count: number, units: number, nodes: number): boolean;
  /** Writes the numbers of the tokens of the text that was parted last; those that are new are added. */
  number(count: number, numbers: Int32Array): void;
  /** Goes to longer runs; those that are new are added. */
  readonly lengthen: LengthenRuns;
  /** Gives the memory to others, once nobody looks at the vocabulary any more. */
  close(): void;
}

const [firstTokens, firstNodes] = [2 ** 14, 2 ** 16];

/**
 * For an empty vocabulary; `undefined` where there is no memory for it, or no WebAssembly.
 * @param mostBytes that it may have: by default as many as are kept for the next training. Once a vocabulary outgrows
 * these, other code has long become fast, too.
 */
export function machineGrowth(vocabulary: Vocabulary, mostBytes = mostSpareBytes): MachineGrowth | undefined {
  return ifThereIsRoom(() => grow(vocabulary, mostBytes));
}

function grow(vocabulary: Vocabulary, mostBytes: number): MachineGrowth {
  const { tokens, trie } = vocabulary;
  const { memory, raw } = newRoom(0);
  const { numberWords, lengthenRuns, putNodes } = growingKernel(memory);
  let bytes = 0;
  const make: GrowingRoom["raw"] = (kind, length) => {
    bytes += kind.BYTES_PER_ELEMENT * length;
    if (bytes > mostBytes) throw noRoom();
    return raw(kind, length);
  };
  const text = asciiText({ memory, array: make });
  const longer = <A extends Int32Array | Uint16Array>(
    kind: ArrayMaker<A>,
    values: A,
    used: number,
    length: number,
  ): A => {
    const made = make(kind, length);
    made.set(values.subarray(0, used));
    return made;
  };
  const makeRoomForTokens = (count: number): void => {
    if (count < tokens.starts.length) return;
    const room = 2 ** Math.ceil(Math.log2(count + 1));
    tokens.starts = longer(Int32Array, tokens.starts, tokens.size + 1, room + 1);
    vocabulary.unigrams = longer(Int32Array, vocabulary.unigrams, vocabulary.known, room);
    tokens.slots = moveSlots(tokens.slots, make(Int32Array, 2 * slotsFor(room)).fill(0));
  };
  const makeRoomForUnits = (units: number): void => {
    if (units >= tokens.units.length)
      // One more: the unit behind a token is read, too.
      tokens.units = longer(Uint16Array, tokens.units, tokens.starts[tokens.size], 2 * units + 1);
  };
  const makeRoomForNodes = (nodes: number): void => {
    if (2 * nodes <= trie.nodes.length) return;
    const room = 2 ** Math.ceil(Math.log2(nodes));
    const slots = make(Int32Array, slotsFor(room)).fill(0);
    trie.nodes = longer(Int32Array, trie.nodes, 2 * trie.size, 2 * room);
    trie.slots = slots;
    const around = trie.slots.length - 1;
    putNodes(trie.size, trie.nodes.byteOffset, trie.slots.byteOffset, around, ~around);
  };
  const makeArrays = (length: number): Int32Array[] => [0, 1, 2].map(() => make(Int32Array, length));
  const moveOut = (): void => {
    tokens.units = tokens.units.slice();
    tokens.starts = tokens.starts.slice();
    tokens.slots = tokens.slots.slice();
    trie.nodes = trie.nodes.slice();
    trie.slots = trie.slots.slice();
    vocabulary.unigrams = vocabulary.unigrams.slice();
    giveBack(memory);
  };
  makeRoomForTokens(firstTokens);
  makeRoomForUnits(8 * firstTokens);
  makeRoomForNodes(firstNodes);
  const growth: MachineGrowth = {
    arrays: makeArrays(2 ** 12),
    part: text.part,
    makeRoom(count, units, nodes) {
      const isThere =
        tokens.size + count < tokens.starts.length &&
        tokens.starts[tokens.size] + units < tokens.units.length &&
        2 * (trie.size + nodes) <= trie.nodes.length &&
        count <= growth.arrays[0].length;
      if (isThere) return true;
      const isDone = ifThereIsRoom(() => {
        makeRoomForTokens(tokens.size + count);
        makeRoomForUnits(tokens.starts[tokens.size] + units);
        makeRoomForNodes(trie.size + nodes);
        if (count > growth.arrays[0].length) growth.arrays = makeArrays(2 * count);
        return true;
      });
      if (isDone !== true) moveOut();
      return isDone === true;
    },
    number(count, { byteOffset }) {
      const { units, starts, slots, size } = tokens;
      const { bounds } = text;
      const around = 4 * (slots.length - 2);
      tokens.size = numberWords(
        bounds,
        bounds + 8 * count,
        byteOffset,
        units.byteOffset,
        starts.byteOffset,
        slots.byteOffset,
        around,
        size,
      );
    },
    lengthen(runs, { byteOffset }, count, longerRuns) {
      longerRuns[0] = absent;
      const { nodes, slots, size } = trie;
      const around = slots.length - 1;
      trie.size = lengthenRuns(
        runs.byteOffset,
        byteOffset + 4,
        byteOffset + 4 * count,
        longerRuns.byteOffset + 4,
        size,
        nodes.byteOffset,
        slots.byteOffset,
        around,
        ~around,
      );
    },
    close: () => giveBack(memory),
  };
  return growth;
}
