import fc from "fast-check";
import { expect, test } from "vitest";
import { absent } from "./hash-slots.js";
import { addChild, appendNode, findChild, termTrie, trieOf, wordRoot } from "./term-trie.js";

test("nodes are numbered as a Map of pairs would number them", () => {
  const pair = fc.tuple(fc.integer({ min: -2, max: 6 }), fc.oneof(fc.nat(20), fc.nat(0x10ffff)));
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 200 }), (pairs) => {
      const trie = termTrie(1);
      const numbers = new Map<string, number>();
      for (const [parent, symbol] of pairs) {
        const key = `${parent} ${symbol}`;
        expect(findChild(trie, parent, symbol)).toBe(numbers.get(key) ?? absent);
        if (!numbers.has(key)) numbers.set(key, numbers.size);
        expect(addChild(trie, parent, symbol)).toBe(numbers.get(key));
      }
      const whole = trieOf(trie.nodes, trie.size);
      const numberOf = (parent: number, symbol: number) => numbers.get(`${parent} ${symbol}`) ?? absent;
      for (const [parent, symbol] of pairs) {
        expect(findChild(whole, parent, symbol)).toBe(numberOf(parent, symbol));
        expect(findChild(whole, symbol, parent)).toBe(numberOf(symbol, parent));
      }
    }),
  );
});

test("nodes are found behind any number that nobody looks for", () => {
  const trie = termTrie(1);
  for (let token = 0; token < 100_000; token++) appendNode(trie, wordRoot, token);
  for (let pair = 0; pair < 1000; pair++) expect(addChild(trie, pair, 2 * pair)).toBe(100_000 + pair);
  for (let pair = 0; pair < 1000; pair++) {
    expect(findChild(trie, pair, 2 * pair)).toBe(100_000 + pair);
    expect(findChild(trie, pair, 2 * pair + 1)).toBe(absent);
  }
});
