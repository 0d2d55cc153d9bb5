import { characterRoot, type TermTrie, termTrie } from "./term-trie.js";
import { type TokenTable, tokenTable, tokenText } from "./token-table.js";

/** Terms in memory: runs of tokens and runs of characters, as nodes of one trie. */
export interface Vocabulary {
  readonly tokens: TokenTable;
  readonly trie: TermTrie;
  /** The node of each token alone, or `absent`; of the first `known` tokens. */
  unigrams: Int32Array;
  known: number;
  /** How many nodes are columns: the first ones. The others are beginnings of longer terms, or none of the chosen. */
  readonly columns: number;
}

/** A vocabulary to be filled. */
export function emptyVocabulary(): Vocabulary {
  return { tokens: tokenTable(), trie: termTrie(), unigrams: new Int32Array(1024), known: 0, columns: 0 };
}

/** The term of a node: words with a space between, or characters as they are, where a space marks a token's bound. */
export function termOf({ tokens, trie: { nodes } }: Vocabulary, node: number): string {
  const symbols: number[] = [];
  let at = node;
  for (; at >= 0; at = nodes[2 * at]) symbols.unshift(nodes[2 * at + 1]);
  if (at === characterRoot) return String.fromCodePoint(...symbols);
  return symbols.map((token) => tokenText(tokens, token)).join(" ");
}
