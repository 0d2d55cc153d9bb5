import { absent } from "./hash-slots.js";
import { addHashed, findHashed, hashOf, type TermTrie } from "./term-trie.js";

/**
 * Goes from runs of n tokens to those of n + 1. `runs[i]` is the node of the run that ends at token `i` of a text, or
 * `absent`; so is `longer[i]`, which is filled in. A token that is `absent` is in no run.
 */
export type LengthenRuns = (runs: Int32Array, tokens: Int32Array, count: number, longer: Int32Array) => void;

/** Finds the longer runs that a trie has. */
export function findLongerRuns(trie: TermTrie): LengthenRuns {
  const look = slotReader(trie);
  return (runs, tokens, count, longer) => {
    const hashes = look(runs, tokens, count);
    longer[0] = absent;
    for (let i = 1; i < count; i++) {
      const isRun = runs[i - 1] !== absent && tokens[i] !== absent;
      longer[i] = isRun ? findHashed(trie, hashes[i], runs[i - 1], tokens[i]) : absent;
    }
  };
}

/** Finds the longer runs, and adds to the trie those that are new. */
export function addLongerRuns(trie: TermTrie): LengthenRuns {
  const look = slotReader(trie);
  return (runs, tokens, count, longer) => {
    const hashes = look(runs, tokens, count);
    longer[0] = absent;
    for (let i = 1; i < count; i++) {
      const isRun = runs[i - 1] !== absent && tokens[i] !== absent;
      longer[i] = isRun ? addHashed(trie, hashes[i], runs[i - 1], tokens[i]) : absent;
    }
  };
}

/**
 * Gives the hashes of longer runs once it has read their slots and the nodes that these name. All of it comes from far
 * memory where a trie is large; in loops as short as these the processor waits for many answers at the same time.
 */
function slotReader(trie: TermTrie) {
  let hashes = new Int32Array(256);
  let entries = new Int32Array(256);
  return (runs: Int32Array, tokens: Int32Array, count: number): Int32Array => {
    if (hashes.length < count) {
      hashes = new Int32Array(2 * count);
      entries = new Int32Array(2 * count);
    }
    const { slots, nodes } = trie;
    const last = slots.length - 1;
    for (let i = 1; i < count; i++) {
      const hash = hashOf(runs[i - 1], tokens[i]);
      hashes[i] = hash;
      entries[i] = slots[hash & last];
    }
    let read = 0;
    for (let i = 1; i < count; i++) read ^= nodes[Math.max(0, 2 * (entries[i] & last) - 1)];
    // Nobody asks for it; but what goes nowhere need not be read, and would not be.
    hashes[0] = read;
    return hashes;
  };
}
