import { addUnigrams } from "./all-words.js";
import { absent } from "./hash-slots.js";
import { addChild, characterRoot, findChild } from "./term-trie.js";
import { addAsked, findAsked, type TokenTable } from "./token-table.js";
import type { Vocabulary } from "./vocabulary.js";

/** How the terms of a vocabulary are found, a token or character after the other. */
export interface TermLookup {
  /** Holds the token that is asked for. */
  readonly tokens: TokenTable;
  /** The number of the token that was asked for last, or `absent`. */
  readonly findAsked: () => number;
  /** Runs of words, whose symbols are numbers of tokens. */
  readonly words: RunLookup;
  /** Runs of characters, whose symbols are code points. */
  readonly characters: RunLookup;
}

/** How runs of symbols are found; what tells one from another is up to it. */
export interface RunLookup {
  /** The run of that symbol alone, or `absent`. */
  readonly single: (symbol: number) => number;
  /** The run and one symbol more, or `absent`. */
  readonly longer: (run: number, symbol: number) => number;
  /** The id of the term that the run is, or `absent` where it is none. */
  readonly idOf: (run: number) => number;
}

/** Finds the terms of a vocabulary in memory, by their columns. */
export function knownLookup({ tokens, trie, unigrams, columns }: Vocabulary): TermLookup {
  const longer = (node: number, symbol: number): number => findChild(trie, node, symbol);
  const idOf = (node: number): number => (node < columns ? node : absent);
  return {
    tokens,
    findAsked: () => findAsked(tokens),
    words: { single: (token) => unigrams[token], longer, idOf },
    characters: { single: (codePoint) => findChild(trie, characterRoot, codePoint), longer, idOf },
  };
}

/** Finds every term, by its node, and adds to the vocabulary those that are new. */
export function growingLookup(vocabulary: Vocabulary): TermLookup {
  const { tokens, trie } = vocabulary;
  const longer = (node: number, symbol: number): number => addChild(trie, node, symbol);
  const idOf = (node: number): number => node;
  return {
    tokens,
    findAsked: () => {
      const token = addAsked(tokens);
      addUnigrams(vocabulary);
      return token;
    },
    words: { single: (token) => vocabulary.unigrams[token], longer, idOf },
    characters: { single: (codePoint) => addChild(trie, characterRoot, codePoint), longer, idOf },
  };
}
