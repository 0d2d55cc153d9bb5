import { isStateOfRoot, outsideOf, type StateSpace } from "./hmm-states.js";
import { foldDigit, isCapital, rootOf, roots, type SuffixTrie, zero } from "./hmm-suffixes.js";

/** Suffixes, opened for questions about words that were never seen. */
export interface Guesser {
  /** Writes p(state | ending of the word) of each state into `out`. */
  guess(word: string, out: Float64Array): void;
  /** Natural logarithm of p(spelling of the word); over all strings of UTF-16 units it adds up to 1. */
  logSpelling(word: string): number;
  /** Of each state, Σ p(state | ending of the word) · p(spelling of the word) over all strings. */
  mass(): Float64Array;
}

/**
 * The states of unseen words from their endings, from the empty one to the longest that a rare word has, each smoothed by
 * the one before: `p(t | s) = (c(t, s) + m · p(t | shorter s)) / (c(s) + m)`, or where m (`suffixSmoothing`) is 0 as Brants
 * 2000 has it (equations 7 to 9), whatever the counts: `p(t | s) = (p̂(t | s) + θ · p(t | shorter s)) / (1 + θ)`.
 *
 * Words are spelled backwards along the same tree. The next unit has `(n(cs) + W(s) · u(c)) / (n(•s) + W(s))` (Witten and
 * Bell 1991, method C; W: distinct units before s, u: units anywhere), and u(c) where the tree ends. With each unit the
 * word may be whole; one of the tree of capitals begins with a capital, another never does.
 */
export function openSuffixes(trie: SuffixTrie, space: StateSpace): Guesser {
  const states = space.count;
  const { suffixUnits, suffixChildren, suffixWords, suffixWhole, suffixOffsets, suffixStates, suffixCounts } = trie;
  const nodes = suffixUnits.length;
  const { theta, suffixSmoothing } = trie;
  const firstChild = firstChildren(suffixChildren);
  const totals = totalsOf(trie);
  const priors = Array.from({ length: roots }, (_, root) =>
    priorOf(trie, states, (state) => isStateOfRoot(space, root, state)),
  );
  const outside = Array.from({ length: roots }, (_, root) => outsideOf(space, root));
  const anywhere = unitProbabilities(trie);
  const rootAt = rootsOf(suffixChildren);
  const whole = wholeShares(trie, rootAt);
  const rootShare = (root: number): number => (suffixWords[root] + 1) / (suffixWords[0] + suffixWords[1] + roots);
  const emptyShare = (root: number): number => (root === 0 ? 1 / (suffixWords[0] + 2) : 0);

  /** Turns p(state | shorter suffix) into p(state | the node's suffix), in `out` from `at` on. */
  function refine(node: number, out: Float64Array, at: number): void {
    if (totals[node] === 0) return;
    const keep = suffixSmoothing > 0 ? suffixSmoothing / (suffixSmoothing + totals[node]) : theta / (1 + theta);
    for (let state = 0; state < states; state++) out[at + state] *= keep;
    const scale = (1 - keep) / totals[node];
    for (let i = suffixOffsets[node]; i < suffixOffsets[node + 1]; i++) {
      out[at + suffixStates[i]] += suffixCounts[i] * scale;
    }
  }

  /** Leaves out what is next to impossible, in `out` from `at` on; the rest makes up for it. */
  function leaveOut(root: number, out: Float64Array, at: number): void {
    let sum = 0;
    for (let state = 0; state < states; state++) {
      if (out[at + state] < leastGuess && state !== outside[root]) out[at + state] = 0;
      sum += out[at + state];
    }
    if (sum > 0) for (let state = 0; state < states; state++) out[at + state] /= sum;
  }

  function childOf(node: number, unit: number): number {
    let low = firstChild[node];
    let high = firstChild[node + 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (suffixUnits[middle] < unit) low = middle + 1;
      else high = middle;
    }
    return low < firstChild[node + 1] && suffixUnits[low] === unit ? low : -1;
  }

  /** p(unit | the node's suffix after it); `child` is the node of both together, or -1. */
  function nextUnit(node: number, child: number, unit: number): number {
    const distinct = node < 0 ? 0 : suffixChildren[node];
    if (distinct === 0) return anywhere[unit];
    const seen = suffixWords[node] - suffixWhole[node];
    return ((child < 0 ? 0 : suffixWords[child]) + distinct * anywhere[unit]) / (seen + distinct);
  }

  /** p(the word is whole with the unit just spelled). */
  function isWhole(root: number, node: number, unit: number): number {
    if (isCapital(unit) !== (root === 1)) return 0;
    return node < 0 ? whole[root] : (suffixWhole[node] + whole[root]) / (suffixWords[node] + 1);
  }

  return {
    guess(word, out) {
      const root = rootOf(word);
      let node = root;
      out.set(priors[root]);
      for (let i = word.length - 1; node >= 0; i--) {
        refine(node, out, 0);
        node = i < 0 ? -1 : childOf(node, foldDigit(word.charCodeAt(i)));
      }
      leaveOut(root, out, 0);
    },
    logSpelling(word) {
      const root = rootOf(word);
      const empty = emptyShare(root);
      let log = Math.log(rootShare(root)) + Math.log(word === "" ? empty : 1 - empty);
      let node = root;
      for (let i = word.length - 1; i >= 0; i--) {
        const unit = foldDigit(word.charCodeAt(i));
        const child = node < 0 ? -1 : childOf(node, unit);
        log += Math.log(nextUnit(node, child, unit));
        if (unit === zero) log -= Math.LN10;
        node = child;
        const end = isWhole(root, node, unit);
        log += Math.log(i === 0 ? end : 1 - end);
      }
      return log;
    },
    mass() {
      const mass = new Float64Array(states);
      const reached = new Float64Array(nodes);
      const beliefs = new Float64Array(nodes * states);
      for (let root = 0; root < roots; root++) {
        reached[root] = rootShare(root);
        beliefs.set(priors[root], root * states);
      }
      for (let node = 0; node < nodes; node++) {
        const at = node * states;
        refine(node, beliefs, at);
        const end = node < roots ? emptyShare(node) : isWhole(rootAt[node], node, suffixUnits[node]);
        let within = 0;
        for (let child = firstChild[node]; child < firstChild[node + 1]; child++) {
          const next = nextUnit(node, child, suffixUnits[child]);
          within += next;
          reached[child] = reached[node] * (1 - end) * next;
          beliefs.copyWithin(child * states, at, at + states);
        }
        leaveOut(rootAt[node], beliefs, at);
        const stays = reached[node] * (end + (1 - end) * (1 - within));
        for (let state = 0; state < states; state++) mass[state] += stays * beliefs[at + state];
      }
      return mass;
    },
  };
}

function firstChildren(children: Uint32Array): Uint32Array {
  const first = new Uint32Array(children.length + 1);
  first[0] = roots;
  for (let node = 0; node < children.length; node++) first[node + 1] = first[node] + children[node];
  return first;
}

/** The root above each node. */
function rootsOf(children: Uint32Array): Uint8Array {
  const rootAt = new Uint8Array(children.length);
  rootAt[1] = 1;
  for (let node = 0, child = roots; node < children.length; node++) {
    for (let left = children[node]; left > 0; left--) rootAt[child++] = rootAt[node];
  }
  return rootAt;
}

/** How often words of each node's suffix were seen. */
function totalsOf({ suffixOffsets, suffixCounts }: SuffixTrie): Float64Array {
  const totals = new Float64Array(suffixOffsets.length - 1);
  for (let node = 0; node < totals.length; node++)
    for (let i = suffixOffsets[node]; i < suffixOffsets[node + 1]; i++) totals[node] += suffixCounts[i];
  return totals;
}

/** p(state) of all rare words, among the states that are possible, each counted once more. */
function priorOf(
  { suffixOffsets, suffixStates, suffixCounts }: SuffixTrie,
  states: number,
  isPossible: (state: number) => boolean,
): Float64Array {
  const counts = Float64Array.from({ length: states }, (_, state) => Number(isPossible(state)));
  for (let i = 0; i < suffixOffsets[roots]; i++) {
    if (isPossible(suffixStates[i])) counts[suffixStates[i]] += suffixCounts[i];
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => count / total);
}

/** States less likely than this are left out of what a word's ending suggests: fewer candidates, no other tags. */
const leastGuess = 1e-3;

const units = 2 ** 16;

/** p(unit) anywhere: as often as the tree has it, and one more count shared by all there are, nine digits left out. */
function unitProbabilities({ suffixUnits, suffixWords }: SuffixTrie): Float64Array {
  const counts = new Float64Array(units).fill(1 / (units - 9));
  counts.fill(0, zero + 1, zero + 10);
  let total = 1;
  for (let node = roots; node < suffixUnits.length; node++) {
    counts[suffixUnits[node]] += suffixWords[node];
    total += suffixWords[node];
  }
  return counts.map((count) => count / total);
}

/** How often words of each root are whole where they may be. */
function wholeShares({ suffixUnits, suffixWords, suffixWhole }: SuffixTrie, rootAt: Uint8Array): number[] {
  const [whole, all] = [
    [1, 1],
    [2, 2],
  ];
  for (let node = roots; node < suffixUnits.length; node++) {
    if (isCapital(suffixUnits[node]) !== (rootAt[node] === 1)) continue;
    whole[rootAt[node]] += suffixWhole[node];
    all[rootAt[node]] += suffixWords[node];
  }
  return whole.map((count, root) => count / all[root]);
}
