import { seededRandom } from "@bifocal/contracts";
import { describe, expect, test } from "vitest";
import { tableNetwork } from "../../../testing/table-network.js";
import { decode } from "./decode.js";
import type { Sequence } from "./next-tokens.js";
import type { DecodingPlan } from "./plan.js";
import { logSoftmax } from "./sampling.js";

const end = 0;
const vocabulary = 4;

/** Logits that depend on all tokens so far, at random but always the same. */
function logitsOf(tokens: readonly number[]): number[] {
  const random = seededRandom(tokens.reduce((seed, token) => seed * 7 + token + 1, 3));
  return Array.from({ length: vocabulary }, () => 5 * random());
}

const prompts = [[1], [2, 3], [3, 1, 2], [2]];

function planOf(plan: Partial<DecodingPlan>): DecodingPlan {
  return {
    endTokens: new Set([end]),
    maxNewTokens: 6,
    seed: 1,
    numBeams: 1,
    lengthPenalty: 1,
    earlyStopping: false,
    numReturnSequences: 1,
    ...plan,
  };
}

const write = (given: readonly (readonly number[])[], plan: Partial<DecodingPlan>) =>
  decode(tableNetwork(given, logitsOf), planOf(plan));

/** Every sequence that can be written after a prompt, with the log-probability of its tokens. */
function* allSequences(before: readonly number[], longest: number): Generator<{ tokens: number[]; sum: number }> {
  for (const [token, log] of logSoftmax(logitsOf(before)).entries()) {
    if (token === end || longest === 1) yield { tokens: [token], sum: log };
    else
      for (const rest of allSequences([...before, token], longest - 1))
        yield { tokens: [token, ...rest.tokens], sum: log + rest.sum };
  }
}

const sumOf = (logs: readonly number[]) => logs.reduce((sum, log) => sum + log, 0);

describe.each([-1, 0, 0.6, 1, 2])("with the length penalty %d", (lengthPenalty) => {
  test.each([false, "never"] as const)("a wide beam finds the best sequences and their scores (%s)", async (early) => {
    const plan = { numBeams: 4 ** 5, numReturnSequences: 5, maxNewTokens: 5, lengthPenalty, earlyStopping: early };
    for (const [i, found] of (await write(prompts, plan)).entries()) {
      const all = [...allSequences(prompts[i] ?? [], 5)].map(({ tokens, sum }) => ({
        tokens,
        score: sum / tokens.length ** lengthPenalty,
      }));
      const best = all.sort((a, b) => b.score - a.score).slice(0, 5);
      expect(found.map(({ tokens }) => tokens)).toEqual(best.map(({ tokens }) => tokens));
      for (const [rank, { score, logProbabilities, tokens }] of found.entries()) {
        expect(score).toBeCloseTo(best[rank]?.score ?? 0, 10);
        expect(sumOf(logProbabilities) / tokens.length ** lengthPenalty).toBeCloseTo(score ?? 0, 10);
      }
    }
  });
});

test("greedy search takes the likeliest token each time, and ends with the end", async () => {
  for (const [i, [{ tokens, logProbabilities, finishReason } = fail()]] of (await write(prompts, {})).entries()) {
    const before = [...(prompts[i] ?? [])];
    for (const [k, token] of tokens.entries()) {
      const logs = logSoftmax(logitsOf(before));
      expect(logs[token]).toBe(Math.max(...logs));
      expect(logProbabilities[k]).toBe(logs[token]);
      before.push(token);
    }
    expect(finishReason).toBe(tokens.at(-1) === end ? "end" : "length");
    expect(tokens.slice(0, -1)).not.toContain(end);
  }
});

const strategies: Readonly<Record<string, Partial<DecodingPlan>>> = {
  greedy: {},
  sampling: { sampling: { temperature: 1.5, topP: 0.95 } },
  "three samples": { sampling: {}, numReturnSequences: 3 },
  "two beams": { numBeams: 2, numReturnSequences: 2 },
  "three beams, early": { numBeams: 3, earlyStopping: true },
  "drawn beams": { numBeams: 3, sampling: { topK: 3 } },
  constrained: { repetitionPenalty: 1.5, noRepeatNgramSize: 2, minNewTokens: 3, numBeams: 2 },
};

test.each(Object.entries(strategies))("%s: several prompts at once are each as if alone", async (_, plan) => {
  const alone: Sequence[][] = [];
  for (const prompt of prompts) alone.push(...(await write([prompt], { maxNewTokens: 12, ...plan })));
  expect(await write(prompts, { maxNewTokens: 12, ...plan })).toEqual(alone);
  expect(await write([...prompts].reverse(), { maxNewTokens: 12, ...plan })).toEqual(alone.reverse());
});

test.each(Object.entries(strategies))("%s: the same seed gives the same", async (_, plan) => {
  expect(await write(prompts, plan)).toEqual(await write(prompts, plan));
});

test("a row that has ended costs nothing more", async () => {
  const network = tableNetwork(prompts, logitsOf);
  const written = await decode(network, planOf({ maxNewTokens: 12 }));
  const lengths = written.map(([sequence]) => sequence?.tokens.length ?? 0);
  const rowsAfter = (step: number) => lengths.filter((length) => length > step).length;
  expect(network.rowsAsked).toEqual(network.rowsAsked.map((_, step) => rowsAfter(step)));
});

test("samples come as often as they are likely, and other seeds give others", async () => {
  const counts = new Map<string, number>();
  const draws = 4000;
  for (let seed = 0; seed < draws; seed++) {
    const [[sequence] = []] = await write([[1]], { sampling: {}, maxNewTokens: 2, seed });
    counts.set(`${sequence?.tokens}`, (counts.get(`${sequence?.tokens}`) ?? 0) + 1);
  }
  for (const { tokens, sum } of allSequences([1], 2))
    expect(Math.abs((counts.get(`${tokens}`) ?? 0) / draws - Math.exp(sum))).toBeLessThan(0.03);
});

test("drawn beams are drawn without replacement, and the best of those drawn are kept", async () => {
  const chances = [0.3, 0.25, 0.2, 0.15, 0.07, 0.03];
  const expected = new Map<string, number>();
  for (const { drawn, chance } of draws(chances, 4)) {
    const best = drawn.sort((a, b) => a - b).slice(0, 2);
    expected.set(`${best}`, (expected.get(`${best}`) ?? 0) + chance);
  }
  const counts = new Map<string, number>();
  const seeds = 4000;
  for (let seed = 0; seed < seeds; seed++) {
    const network = tableNetwork([[1]], () => chances.map(Math.log));
    const plan = { sampling: {}, numBeams: 2, numReturnSequences: 2, maxNewTokens: 1, endTokens: new Set<number>() };
    const [sequences = []] = await decode(network, planOf({ ...plan, seed }));
    const found = `${sequences.map(({ tokens }) => tokens[0])}`;
    counts.set(found, (counts.get(found) ?? 0) + 1);
  }
  for (const [found, chance] of expected)
    expect(Math.abs((counts.get(found) ?? 0) / seeds - chance)).toBeLessThan(0.03);
});

/** Every way to draw so many tokens one after another without replacement. */
function* draws(chances: readonly number[], count: number): Generator<{ drawn: number[]; chance: number }> {
  if (count === 0) return yield { drawn: [], chance: 1 };
  const total = sumOf(chances);
  for (const [token, chance] of chances.entries()) {
    if (chance === 0) continue;
    for (const rest of draws(chances.with(token, 0), count - 1))
      yield { drawn: [token, ...rest.drawn], chance: (chance / total) * rest.chance };
  }
}

test("a stop ends a sequence, greedy or with beams, and beams hear of nothing on the way", async () => {
  const stops = (_: number, written: readonly number[]) => written.length === 2;
  for (const numBeams of [1, 3]) {
    const plan = { stops, numBeams, numReturnSequences: 1, endTokens: new Set<number>() };
    for (const [sequence] of await write(prompts, plan))
      expect(sequence).toMatchObject({ finishReason: "stop", tokens: [expect.any(Number), expect.any(Number)] });
  }
  const told: number[][] = [];
  const network = tableNetwork([[1]], logitsOf);
  const [[sequence] = []] = await decode(network, planOf({}), (prompt, token) => told.push([prompt, token]));
  expect(told).toEqual(sequence?.tokens.map((token) => [0, token]));
});

test("early stopping takes the first whole sequences, false the best of their length", async () => {
  const scores = async (earlyStopping: DecodingPlan["earlyStopping"]) =>
    (await write(prompts, { numBeams: 2, maxNewTokens: 12, earlyStopping })).map(([sequence]) => sequence?.score ?? 0);
  const [early, usual, never] = [await scores(true), await scores(false), await scores("never")];
  for (const i of prompts.keys()) {
    expect(early[i]).toBeLessThanOrEqual(usual[i] as number);
    expect(usual[i]).toBeLessThanOrEqual(never[i] as number);
  }
});

function fail(): never {
  throw new Error("nothing was written");
}
