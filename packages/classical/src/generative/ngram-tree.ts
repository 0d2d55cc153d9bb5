/** Stands for every word that is not in the vocabulary; symbol 0, as in KenLM. */
export const unknownWord = 0;
/** Begins every sentence and is never predicted. */
export const sentenceStart = 1;
/** Ends every sentence. */
export const sentenceEnd = 2;

/** N-grams as nodes of a tree; nodes below `words` are the unigrams, node and symbol alike. */
export interface NgramTree {
  /** How many unigrams there are, the three special symbols included. */
  readonly words: number;
  readonly size: number;
  /** The n-gram without its last word. */
  readonly parents: Uint32Array;
  /** The last word of the n-gram. */
  readonly symbols: Uint32Array;
  /** How many words the n-gram has. */
  readonly lengths: Uint8Array;
}

/** A tree that grows: n-grams by their parent and last word, in a hash table with linear probing. */
export interface GrowingTree extends NgramTree {
  /** The node of parent and word, or -1. */
  find(parent: number, symbol: number): number;
  /** The node of parent and word, made where there is none; `size` tells which. */
  add(parent: number, symbol: number): number;
}

/**
 * A tree of unigrams, ready for longer n-grams.
 * @param words how many unigrams, the three special symbols included
 */
export function growTree(words: number): GrowingTree {
  let capacity = Math.max(1024, words * 2);
  let parents = new Uint32Array(capacity);
  let symbols = new Uint32Array(capacity);
  let lengths = new Uint8Array(capacity);
  let slots = new Int32Array(slotsFor(capacity)).fill(-1);
  let size = words;
  for (let word = 0; word < words; word++) {
    symbols[word] = word;
    lengths[word] = 1;
  }

  /** The slot of the n-gram, or the empty one where it belongs. */
  function slotOf(parent: number, symbol: number): number {
    const mask = slots.length - 1;
    let slot = hash(parent, symbol) & mask;
    for (let node = slots[slot]; node >= 0; node = slots[slot]) {
      if (parents[node] === parent && symbols[node] === symbol) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  function grow(): void {
    capacity *= 2;
    parents = enlarged(parents, new Uint32Array(capacity));
    symbols = enlarged(symbols, new Uint32Array(capacity));
    lengths = enlarged(lengths, new Uint8Array(capacity));
    slots = new Int32Array(slotsFor(capacity)).fill(-1);
    for (let node = words; node < size; node++) slots[slotOf(parents[node], symbols[node])] = node;
  }

  return {
    words,
    get size() {
      return size;
    },
    get parents() {
      return parents.subarray(0, size);
    },
    get symbols() {
      return symbols.subarray(0, size);
    },
    get lengths() {
      return lengths.subarray(0, size);
    },
    find: (parent, symbol) => slots[slotOf(parent, symbol)],
    add(parent, symbol) {
      let slot = slotOf(parent, symbol);
      if (slots[slot] >= 0) return slots[slot];
      if (size === capacity) {
        grow();
        slot = slotOf(parent, symbol);
      }
      parents[size] = parent;
      symbols[size] = symbol;
      lengths[size] = lengths[parent] + 1;
      slots[slot] = size;
      return size++;
    },
  };
}

/** A power of two that leaves at least half of the slots empty. */
function slotsFor(capacity: number): number {
  return 2 ** Math.ceil(Math.log2(capacity * 2));
}

function hash(parent: number, symbol: number): number {
  let mixed = Math.imul(parent, 0x9e3779b1) ^ Math.imul(symbol, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

function enlarged<T extends Uint32Array | Uint8Array>(from: T, into: T): T {
  into.set(from);
  return into;
}
