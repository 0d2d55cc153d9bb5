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
  /**
   * Open addressing with linear probing, a power of two of slots, 0 where one is free. The low bits of a node's hash choose
   * its slot; there stand its high bits over 1 + the node's number, so that the node itself is hardly ever asked in vain.
   */
  slots: Int32Array;
}

/** An empty trie with room for so many nodes before it grows. */
export function termTrie(room = 1024): TermTrie {
  return { nodes: new Int32Array(2 * room), size: 0, slots: new Int32Array(slotsFor(room)) };
}

/** The node of the parent's run and one symbol more, or `absent`. */
export function findChild(trie: TermTrie, parent: number, symbol: number): number {
  return findHashed(trie, hashOf(parent, symbol), parent, symbol);
}

/** The same, where the node's hash is at hand. */
export function findHashed({ nodes, slots }: TermTrie, hash: number, parent: number, symbol: number): number {
  const last = slots.length - 1;
  for (let slot = hash & last; slots[slot] !== 0; slot = (slot + 1) & last) {
    const entry = slots[slot];
    if (((entry ^ hash) & ~last) !== 0) continue;
    const node = (entry & last) - 1;
    if (nodes[2 * node] === parent && nodes[2 * node + 1] === symbol) return node;
  }
  return absent;
}

/** The trie of so many nodes, parent and symbol of each. */
export function trieOf(nodes: Int32Array, size: number): TermTrie {
  const trie = { nodes, size, slots: new Int32Array(slotsFor(size)) };
  putAllInSlots(trie);
  return trie;
}

/** The node of the parent's run and one symbol more; a new one where it is new. */
export function addChild(trie: TermTrie, parent: number, symbol: number): number {
  return addHashed(trie, hashOf(parent, symbol), parent, symbol);
}

/** The same, where the node's hash is at hand. */
export function addHashed(trie: TermTrie, hash: number, parent: number, symbol: number): number {
  const { nodes, slots } = trie;
  const last = slots.length - 1;
  let slot = hash & last;
  for (; slots[slot] !== 0; slot = (slot + 1) & last) {
    const entry = slots[slot];
    if (((entry ^ hash) & ~last) !== 0) continue;
    const node = (entry & last) - 1;
    if (nodes[2 * node] === parent && nodes[2 * node + 1] === symbol) return node;
  }
  const node = appendNode(trie, parent, symbol);
  if (1.5 * trie.size <= slots.length) slots[slot] = entryOf(hash, node, last);
  else {
    trie.slots = new Int32Array(slotsFor(trie.size));
    putAllInSlots(trie);
  }
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

/**
 * Fills empty slots. Which slots are taken is kept in a bit each, near the processor:
 * so it writes the slots without waiting for what stands in them, which takes a third of the time.
 */
function putAllInSlots({ nodes, size, slots }: TermTrie): void {
  const last = slots.length - 1;
  const taken = new Int32Array(Math.ceil(slots.length / 32));
  for (let node = 0; node < size; node++) {
    const hash = hashOf(nodes[2 * node], nodes[2 * node + 1]);
    let slot = hash & last;
    while ((taken[slot >>> 5] & (1 << slot)) !== 0) slot = (slot + 1) & last;
    taken[slot >>> 5] |= 1 << slot;
    slots[slot] = entryOf(hash, node, last);
  }
}

function entryOf(hash: number, node: number, last: number): number {
  return (hash & ~last) | (node + 1);
}

/** What parents and symbols are multiplied with, so that each moves all bits of a hash. */
export const [parentFactor, symbolFactor] = [0x9e3779b1 | 0, 0x85ebca6b | 0];

/** What chooses the slot of a node. */
export function hashOf(parent: number, symbol: number): number {
  return mixedHash(Math.imul(parent, parentFactor) ^ Math.imul(symbol, symbolFactor));
}
