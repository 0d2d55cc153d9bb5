/** Which words follow which in sentences, with one boundary between any two of them. */
export interface WordBigrams {
  /** The words to be put into classes, the most frequent first; of equals in the order in which they came. */
  readonly words: readonly string[];
  /** How often each of these stood, then all rarer ones together, then the boundary: words + 2. */
  readonly counts: Float64Array;
  /** What follows each of them, and what each follows. */
  readonly after: Neighbours;
  readonly before: Neighbours;
}

/** The neighbours of word `i` are `words[offsets[i]]` to `words[offsets[i + 1] - 1]`, each with how often it stood there. */
export interface Neighbours {
  readonly offsets: Uint32Array;
  readonly words: Uint32Array;
  readonly counts: Float64Array;
}

/** Counts the words that stand at least so many times, and their neighbours; all rarer ones count as one word. */
export function countBigrams(sentences: Iterable<readonly string[]>, minimumCount: number): WordBigrams {
  const { numbers, tokens } = numbered(sentences);
  const totals = new Float64Array(numbers.size);
  for (const token of tokens) if (token >= 0) totals[token]++;
  const names = [...numbers.keys()];
  const ranked = names.map((_, i) => i).sort((a, b) => totals[b] - totals[a] || a - b);
  const kept = ranked.filter((i) => totals[i] >= minimumCount);
  const rare = kept.length;
  const places = new Int32Array(names.length).fill(rare);
  for (const [place, i] of kept.entries()) places[i] = place;
  const inOrder = tokens.map((token) => (token < 0 ? rare + 1 : places[token]));
  const counts = new Float64Array(rare + 2);
  for (let i = 1; i < inOrder.length; i++) counts[inOrder[i]]++;
  const shifted = inOrder.slice(1);
  const earlier = inOrder.slice(0, -1);
  return {
    words: kept.map((i) => names[i]),
    counts,
    after: neighbours(earlier, shifted, rare + 2),
    before: neighbours(shifted, earlier, rare + 2),
  };
}

const boundary = -1;

/** Every token by the number of its word, a boundary before the first sentence and after each. */
function numbered(sentences: Iterable<readonly string[]>): { numbers: Map<string, number>; tokens: Int32Array } {
  const numbers = new Map<string, number>();
  let tokens = new Int32Array(1024);
  let length = 0;
  const put = (token: number): void => {
    if (length === tokens.length) {
      const longer = new Int32Array(2 * length);
      longer.set(tokens);
      tokens = longer;
    }
    tokens[length++] = token;
  };
  put(boundary);
  for (const sentence of sentences) {
    for (const word of sentence) {
      let number = numbers.get(word);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(word, number);
      }
      put(number);
    }
    if (sentence.length > 0) put(boundary);
  }
  return { numbers, tokens: tokens.slice(0, length) };
}

/** Of each word, what stands beside it, counted. */
function neighbours(words: Int32Array, beside: Int32Array, size: number): Neighbours {
  const starts = new Uint32Array(size + 1);
  for (const word of words) starts[word + 1]++;
  for (let i = 0; i < size; i++) starts[i + 1] += starts[i];
  const all = new Uint32Array(words.length);
  const next = starts.slice();
  for (let i = 0; i < words.length; i++) all[next[words[i]]++] = beside[i];
  return distinct(starts, all);
}

function distinct(starts: Uint32Array, all: Uint32Array): Neighbours {
  const offsets = new Uint32Array(starts.length);
  const counts = new Float64Array(all.length);
  let to = 0;
  for (let word = 0; word + 1 < starts.length; word++) {
    const own = all.subarray(starts[word], starts[word + 1]).sort();
    for (let i = 0; i < own.length; i++) {
      if (i === 0 || own[i] !== own[i - 1]) all[to++] = own[i];
      counts[to - 1]++;
    }
    offsets[word + 1] = to;
  }
  return { offsets, words: all.slice(0, to), counts: counts.slice(0, to) };
}
