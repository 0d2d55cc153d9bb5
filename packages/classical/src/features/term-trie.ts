import { absent, longer, mixedHash, slotsFor } from "./hash-slots.js";

/** The parent of terms of one token. */
export const wordRoot = -1;
/** The parent of runs of one character. */
export const characterRoot = -2;

/**
 * Runs of symbols, numbered from 0: each is a shorter run, its parent, and one symbol more. The symbols of words are
 * numbers of tokens, those of runs of characters are code points.
 */
export interface TermTrie {
  /** Two numbers a node: its parent and its last symbol. */
  nodes: Int32Array;
  size: number;
  /** Open addressing, three numbers a slot: parent, symbol, and 1 + the node or 0. One place in memory answers. */
  slots: Int32Array;
  /**
   * A bit a hash that some node has, four times as many as slots: small enough to stay near the processor, it answers
   * for most runs that are not there (Bloom 1970, with one hash). Empty where the trie is to grow.
   */
  filter: Uint8Array;
}

/** An empty trie with room for so many nodes before it grows. */
export function termTrie(room = 1024): TermTrie {
  return {
    nodes: new Int32Array(2 * room),
    size: 0,
    slots: new Int32Array(3 * slotsFor(room)),
    filter: new Uint8Array(),
  };
}

/** The node of the parent's run and one symbol more, or `absent`. */
export function findChild({ slots, filter }: TermTrie, parent: number, symbol: number): number {
  const hash = hashOf(parent, symbol);
  if (filter.length > 0 && (filter[(hash >>> 3) & (filter.length - 1)] & (1 << (hash & 7))) === 0) return absent;
  let slot = firstSlot(slots, hash);
  while (slots[slot + 2] !== 0) {
    if (slots[slot + 1] === symbol && slots[slot] === parent) return slots[slot + 2] - 1;
    slot += 3;
    if (slot === slots.length) slot = 0;
  }
  return absent;
}

/**
 * The trie of so many nodes, parent and symbol of each, with a filter; nothing may be added. Those of the words' root are
 * not found by `findChild`: whoever reads the nodes remembers them.
 */
export function filteredTrie(nodes: Int32Array, size: number): TermTrie {
  const count = slotsFor(size);
  const slots = new Int32Array(3 * count);
  const filter = new Uint8Array(count / 2);
  // Nothing but this in the loop, so that the processor waits for many places in memory at once.
  for (let node = 0; node < size; node++) {
    const parent = nodes[2 * node];
    if (parent === wordRoot) continue;
    const symbol = nodes[2 * node + 1];
    const hash = hashOf(parent, symbol);
    filter[(hash >>> 3) & (filter.length - 1)] |= 1 << (hash & 7);
    let slot = 3 * (hash & (count - 1));
    while (slots[slot + 2] !== 0) {
      slot += 3;
      if (slot === slots.length) slot = 0;
    }
    slots[slot] = parent;
    slots[slot + 1] = symbol;
    slots[slot + 2] = node + 1;
  }
  return { nodes, size, slots, filter };
}

/** The node of the parent's run and one symbol more; a new one where it is new. */
export function addChild(trie: TermTrie, parent: number, symbol: number): number {
  const found = findChild(trie, parent, symbol);
  return found === absent ? insertChild(trie, parent, symbol) : found;
}

/** Adds a node that is not there, and gives its number. */
export function insertChild(trie: TermTrie, parent: number, symbol: number): number {
  const node = appendNode(trie, parent, symbol);
  if (4.5 * trie.size > trie.slots.length) trie.slots = twiceAsMany(trie.slots);
  putInSlot(trie.slots, parent, symbol, node);
  return node;
}

/** Adds a node that `findChild` need not find, because whoever adds it remembers it. */
export function appendNode(trie: TermTrie, parent: number, symbol: number): number {
  const node = trie.size++;
  if (2 * trie.size > trie.nodes.length) trie.nodes = longer(trie.nodes, 4 * trie.size);
  trie.nodes[2 * node] = parent;
  trie.nodes[2 * node + 1] = symbol;
  return node;
}

function twiceAsMany(slots: Int32Array): Int32Array {
  const more = new Int32Array(2 * slots.length);
  for (let slot = 0; slot < slots.length; slot += 3)
    if (slots[slot + 2] !== 0) putInSlot(more, slots[slot], slots[slot + 1], slots[slot + 2] - 1);
  return more;
}

function putInSlot(slots: Int32Array, parent: number, symbol: number, node: number): void {
  let slot = firstSlot(slots, hashOf(parent, symbol));
  while (slots[slot + 2] !== 0) {
    slot += 3;
    if (slot === slots.length) slot = 0;
  }
  slots[slot] = parent;
  slots[slot + 1] = symbol;
  slots[slot + 2] = node + 1;
}

function firstSlot(slots: Int32Array, hash: number): number {
  return 3 * (hash & (slots.length / 3 - 1));
}

function hashOf(parent: number, symbol: number): number {
  return mixedHash(Math.imul(parent, 0x9e3779b1) ^ Math.imul(symbol, 0x85ebca6b));
}
