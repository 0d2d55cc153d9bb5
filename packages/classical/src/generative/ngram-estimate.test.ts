import { seededRandom } from "@bifocal/contracts";
import { describe, expect, test } from "vitest";
import { type BackoffNgrams, logProbabilitiesOf } from "./ngram-backoff.js";
import { distributionOf } from "./ngram-distribution.js";
import { pruneByEntropy } from "./ngram-entropy.js";
import { estimateNgrams } from "./ngram-estimate.js";
import { tallyNgrams } from "./ngram-tally.js";

const symbols = 8;

/** Sequences of the symbols 3 to 6 with an uneven taste; 0 and 7 are never seen. */
function someSequences(count: number): number[][] {
  const random = seededRandom(3);
  return Array.from({ length: count }, () => {
    const length = Math.floor(random() * 6);
    return Array.from({ length }, () => 3 + Math.floor(random() * random() * 4));
  });
}

/** The formula of the books, on maps of joined symbols, with no thought of speed. */
function textbook(sequences: readonly number[][], order: number, cutoffs: readonly number[] = [0]) {
  const seen = Array.from({ length: order + 1 }, () => new Map<string, number>());
  for (const sequence of sequences.map((each) => [1, ...each, 2])) {
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
      adjusted.set(ngram, n === order || (ngram.startsWith("1") && n > 1) ? times : preceding);
    }
    adjusted.delete("1");
    return adjusted;
  });
  const discounts = counts.map((ngrams) => {
    const having = (count: number): number => [...ngrams.values()].filter((each) => each === count).length;
    const ratio = having(1) / (having(1) + 2 * having(2));
    const own = [1, 2, 3].map((k) => k - ((k + 1) * ratio * having(k + 1)) / having(k));
    return own.every((each, i) => each > 0 && each <= i + 1) ? own : [0.5, 1, 1.5];
  });
  const isCut = (ngram: string, n: number): boolean =>
    n > 1 && (seen[n].get(ngram) ?? 0) <= (cutoffs[Math.min(n, cutoffs.length) - 1] ?? 0);
  const probability = (history: number[], symbol: number, n: number): number => {
    if (n === 0) return 1 / (symbols - 1);
    const lower = probability(history.slice(1), symbol, n - 1);
    const key = (last: number | string): string => [...history, last].join(" ");
    const following = [...counts[n]].filter(([ngram]) => ngram.startsWith(key("")) && ngram.split(" ").length === n);
    const total = following.reduce((sum, [, count]) => sum + count, 0);
    if (total === 0) return lower;
    const taken = (ngram: string, count: number): number =>
      isCut(ngram, n) ? count : (discounts[n][Math.min(count, 3) - 1] ?? 0);
    const own = counts[n].get(key(symbol)) ?? 0;
    const left = following.reduce((sum, [ngram, count]) => sum + taken(ngram, count), 0);
    return (own - taken(key(symbol), own)) / total + (left / total) * lower;
  };
  return (history: number[], symbol: number): number => {
    const context = order === 1 ? [] : history.slice(-(order - 1));
    return probability(context, symbol, context.length + 1);
  };
}

const histories = [
  [1],
  [1, 3],
  [1, 3, 3],
  [1, 4, 3],
  [1, 3, 4, 3, 3],
  [1, 7],
  [1, 3, 7, 4],
  [1, 6, 6, 6, 6],
  [1, 0, 3],
];

function train(order: number, cutoffs?: readonly number[], count = 40): BackoffNgrams {
  return estimateNgrams(tallyNgrams(someSequences(count), { symbols, order }), cutoffs);
}

function expectSumsOfOne(model: BackoffNgrams): void {
  const distribution = distributionOf(model);
  for (const history of histories) {
    const out = distribution(history, new Float64Array(symbols));
    expect(out[1]).toBe(0);
    expect(out.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 5);
    // What scoring finds by suffixes is what the distribution finds by looking up every context.
    for (let symbol = 3; symbol < symbols; symbol++) {
      const logs = logProbabilitiesOf(model, [...history.slice(1), symbol]);
      expect(10 ** logs[history.length - 1]).toBeCloseTo(out[symbol], 6);
    }
  }
}

describe.each([1, 2, 3, 4, 5])("order %i", (order) => {
  test.each([undefined, [0, 1], [0, 0, 2]])("gives the probabilities of the textbook, with cutoffs %j", (cutoffs) => {
    const distribution = distributionOf(train(order, cutoffs));
    const expected = textbook(someSequences(40), order, cutoffs);
    for (const history of histories) {
      const out = distribution(history, new Float64Array(symbols));
      for (const symbol of [0, 2, 3, 4, 5, 6, 7]) expect(out[symbol]).toBeCloseTo(expected(history, symbol), 6);
    }
  });

  test.each([undefined, [0, 1], [0, 2, 5]])("adds up to 1 in every context, with cutoffs %j", (cutoffs) => {
    expectSumsOfOne(train(order, cutoffs));
  });

  test.each([1e-4, 1e-2, 1])("adds up to 1 in every context, pruned by entropy above %d", (threshold) => {
    expectSumsOfOne(pruneByEntropy(train(order), threshold));
  });
});

test("is uniform where nothing was seen", () => {
  const model = estimateNgrams(tallyNgrams([], { symbols, order: 3 }));
  expect(distributionOf(model)([1], new Float64Array(symbols))[5]).toBeCloseTo(1 / (symbols - 1), 6);
});

test("cuts off the n-grams that were seen so often, and no others", () => {
  const whole = tallyNgrams(someSequences(40), { symbols, order: 3 });
  const { tree } = estimateNgrams(whole, [0, 1, 2]);
  const { levels } = whole.tree;
  const often = (k: number, cutoff: number): number =>
    whole.occurrences.subarray(levels[k], levels[k + 1]).filter((times) => times > cutoff).length;
  expect(Array.from(tree.levels)).toEqual([0, symbols, symbols + often(1, 1), symbols + often(1, 1) + often(2, 2)]);
});

/** By how much the perplexity grows without each 2-gram, told by summing over all that may follow its context. */
function lossesByEnumeration(model: BackoffNgrams): number[] {
  const { levels, symbols: last, firstChild } = model.tree;
  const distribution = distributionOf(model);
  const alone = distribution([], new Float64Array(symbols));
  const losses: number[] = [];
  for (let context = 0; context < levels[1]; context++) {
    const before = distribution([context], new Float64Array(symbols));
    const own = Array.from(last.subarray(firstChild[context], firstChild[context + 1]));
    for (const removed of own) {
      const others = own.filter((each) => each !== removed);
      const left = others.reduce((sum, each) => sum - before[each], 1);
      const leftBelow = others.reduce((sum, each) => sum - alone[each], 1);
      const after = before.map((each, symbol) => (others.includes(symbol) ? each : (alone[symbol] * left) / leftBelow));
      const divergence = before.reduce(
        (sum, each, i) => (each === 0 ? sum : sum + each * Math.log(each / after[i])),
        0,
      );
      losses.push(Math.expm1(alone[context === 1 ? 2 : context] * divergence));
    }
  }
  return losses;
}

test("pruning by entropy leaves out what costs less than the threshold", () => {
  const model = train(2);
  const losses = lossesByEnumeration(model).sort((a, b) => a - b);
  for (const kept of [0, 3, 10, losses.length]) {
    const removed = losses.length - kept;
    const threshold = ((losses[removed - 1] ?? 0) + (losses[removed] ?? 1)) / 2;
    expect(pruneByEntropy(model, threshold).tree.symbols.length).toBe(symbols + kept);
  }
});
