import { seededRandom } from "@bifocal/contracts";
import { expect, test } from "vitest";
import { distributionOf, openKneserNey, probabilityOf } from "./kneser-ney.js";
import { countNgrams } from "./ngram-counts.js";

const symbols = 8;

/** Sequences of the symbols 2 to 6 with an uneven taste; 7 is never seen. */
function someSequences(): number[][] {
  const random = seededRandom(3);
  return Array.from({ length: 12 }, () => {
    const length = Math.floor(random() * 6);
    return [0, ...Array.from({ length }, () => 2 + Math.floor(random() * random() * 5)), 1];
  });
}

/** The formula of the books, on maps of joined symbols, with no thought of speed. */
function textbook(sequences: readonly number[][], order: number): (history: number[], symbol: number) => number {
  const seen = Array.from({ length: order + 1 }, () => new Map<string, number>());
  for (const sequence of sequences) {
    for (let n = 1; n <= order; n++) {
      for (let i = 0; i + n <= sequence.length; i++) {
        const ngram = sequence.slice(i, i + n).join(" ");
        seen[n].set(ngram, (seen[n].get(ngram) ?? 0) + 1);
      }
    }
  }
  const counts = seen.map((ngrams, n) => {
    const adjusted = new Map<string, number>();
    for (const [ngram, times] of ngrams) {
      const longer = [...(seen[n + 1]?.keys() ?? [])];
      const preceding = longer.filter((each) => each.slice(each.indexOf(" ") + 1) === ngram).length;
      adjusted.set(ngram, n === order || (ngram.startsWith("0") && n > 1) ? times : preceding);
    }
    adjusted.delete("0");
    return adjusted;
  });
  const discounts = counts.map((ngrams) => {
    const having = (count: number): number => [...ngrams.values()].filter((each) => each === count).length;
    return having(1) === 0 || having(2) === 0 ? 0.5 : having(1) / (having(1) + 2 * having(2));
  });
  const probability = (history: number[], symbol: number, n: number): number => {
    if (n === 0) return 1 / (symbols - 1);
    const lower = probability(history.slice(1), symbol, n - 1);
    const key = (last: number | string): string => [...history, last].join(" ");
    const following = [...counts[n]].filter(([ngram]) => ngram.startsWith(key("")) && ngram.split(" ").length === n);
    const total = following.reduce((sum, [, count]) => sum + count, 0);
    if (total === 0) return lower;
    const own = Math.max((counts[n].get(key(symbol)) ?? 0) - discounts[n], 0) / total;
    return own + ((discounts[n] * following.length) / total) * lower;
  };
  return (history, symbol) => {
    const context = order === 1 ? [] : history.slice(-(order - 1));
    return probability(context, symbol, context.length + 1);
  };
}

const histories = [[0], [0, 2], [0, 2, 2], [0, 3, 2], [0, 2, 3, 2, 2], [0, 7], [0, 2, 7, 3], [0, 6, 6, 6, 6]];

test.each([1, 2, 3, 4])("gives the probabilities of the textbook formula at order %i", (order) => {
  const sequences = someSequences();
  const model = openKneserNey(countNgrams(sequences, symbols, order));
  const expected = textbook(sequences, order);
  for (const history of histories) {
    for (let symbol = 1; symbol < symbols; symbol++) {
      expect(probabilityOf(model, history, history.length, symbol)).toBeCloseTo(expected(history, symbol), 12);
    }
  }
});

test.each([1, 2, 3, 4])("adds up to 1 over all that can follow at order %i, whatever the context", (order) => {
  const model = openKneserNey(countNgrams(someSequences(), symbols, order));
  const out = new Float64Array(symbols);
  for (const history of histories) {
    distributionOf(model, history, history.length, out);
    expect(out[0]).toBe(0);
    expect(out.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12);
    for (let symbol = 1; symbol < symbols; symbol++) {
      expect(out[symbol]).toBeCloseTo(probabilityOf(model, history, history.length, symbol), 12);
      expect(out[symbol]).toBeGreaterThan(0);
    }
  }
});

test("is uniform where nothing was seen", () => {
  const model = openKneserNey(countNgrams([], symbols, 3));
  expect(probabilityOf(model, [0], 1, 5)).toBeCloseTo(1 / (symbols - 1), 12);
});
