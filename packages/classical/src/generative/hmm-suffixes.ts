/**
 * The ends of rare words with the states they came from, in two trees: of words that begin with a capital, and of others.
 * Nodes go breadth first, the children of one together and rising; the roots are the first two.
 */
export interface SuffixTrie {
  /** The UTF-16 unit before the shorter suffix; digits count as 0. */
  readonly suffixUnits: Uint16Array;
  readonly suffixChildren: Uint32Array;
  /** How many rare words end so. */
  readonly suffixWords: Uint32Array;
  /** How many of them are just this long. */
  readonly suffixWhole: Uint32Array;
  /** Where the states of each node begin in `suffixStates`; one more than nodes. */
  readonly suffixOffsets: Uint32Array;
  readonly suffixStates: Uint8Array;
  /** How often the words that end so came from the state, beside `suffixStates`. */
  readonly suffixCounts: Float32Array;
  /** How many counts the states of the shorter suffix are worth; 0: their weight is `theta`, whatever the counts. */
  readonly suffixSmoothing: number;
  /** Weight of the shorter suffix's states against the longer one's. */
  readonly theta: number;
}

/** A word with how often it came from each state. */
export interface CountedWord {
  readonly word: string;
  readonly states: readonly number[];
  readonly counts: readonly number[];
}

export const roots = 2;
export const zero = 48;

/** The root for a word: 1 where it begins with a capital, otherwise 0. */
export function rootOf(word: string): number {
  return Number(isCapital(word.charCodeAt(0)));
}

/** Whether a UTF-16 unit is an upper-case letter by itself. */
export function isCapital(unit: number): boolean {
  if (unit < 128) return unit >= 65 && unit <= 90;
  return /^[\p{Lu}\p{Lt}]/u.test(String.fromCharCode(unit));
}

/** A unit as suffixes keep it: every ASCII digit is 0. */
export function foldDigit(unit: number): number {
  return unit >= zero && unit < zero + 10 ? zero : unit;
}

interface Node {
  readonly unit: number;
  readonly children: Map<number, Node>;
  readonly states: Map<number, number>;
  words: number;
  whole: number;
}

/** How the states of suffixes are smoothed. */
export type SuffixSmoothing = Pick<SuffixTrie, "suffixSmoothing" | "theta">;

/** Counts the suffixes, of up to `longest` UTF-16 units, of words that have one unit at least. */
export function countSuffixes(words: readonly CountedWord[], longest: number, smoothing: SuffixSmoothing): SuffixTrie {
  const top = Array.from({ length: roots }, () => emptyNode(0));
  for (const each of words) {
    let node = top[rootOf(each.word)];
    addWord(node, each);
    const shortest = Math.max(0, each.word.length - longest);
    for (let i = each.word.length - 1; i >= shortest; i--) {
      node = childAt(node, foldDigit(each.word.charCodeAt(i)));
      addWord(node, each);
    }
    if (shortest === 0) node.whole++;
  }
  return { ...flatten(breadthFirst(top)), ...smoothing };
}

function emptyNode(unit: number): Node {
  return { unit, children: new Map(), states: new Map(), words: 0, whole: 0 };
}

function childAt(node: Node, unit: number): Node {
  let child = node.children.get(unit);
  if (child === undefined) {
    child = emptyNode(unit);
    node.children.set(unit, child);
  }
  return child;
}

function addWord(node: Node, { states, counts }: CountedWord): void {
  node.words++;
  for (let i = 0; i < states.length; i++) {
    node.states.set(states[i], (node.states.get(states[i]) ?? 0) + counts[i]);
  }
}

function breadthFirst(top: readonly Node[]): Node[] {
  const nodes = [...top];
  for (let i = 0; i < nodes.length; i++) {
    for (const child of [...nodes[i].children.values()].sort((a, b) => a.unit - b.unit)) nodes.push(child);
  }
  return nodes;
}

function flatten(nodes: readonly Node[]): Omit<SuffixTrie, keyof SuffixSmoothing> {
  const entries = nodes.map(({ states }) => [...states].sort(([a], [b]) => a - b));
  const suffixOffsets = new Uint32Array(nodes.length + 1);
  for (let i = 0; i < nodes.length; i++) suffixOffsets[i + 1] = suffixOffsets[i] + entries[i].length;
  return {
    suffixUnits: Uint16Array.from(nodes, ({ unit }) => unit),
    suffixChildren: Uint32Array.from(nodes, ({ children }) => children.size),
    suffixWords: Uint32Array.from(nodes, ({ words }) => words),
    suffixWhole: Uint32Array.from(nodes, ({ whole }) => whole),
    suffixOffsets,
    suffixStates: Uint8Array.from(entries.flat(), ([state]) => state),
    suffixCounts: Float32Array.from(entries.flat(), ([, count]) => count),
  };
}
