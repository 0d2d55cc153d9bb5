import { seededRandom, shuffled, spansOfTags } from "@bifocal/contracts";
import type { Example } from "./crf-examples.js";
import type { CrfWeights } from "./crf-params.js";
import { fitTemperature } from "./crf-temperature.js";
import { chainOf, type PerceptronOptions, trainPerceptron } from "./crf-train.js";
import { bestPath } from "./crf-viterbi.js";

export interface ChoiceOptions extends PerceptronOptions {
  /** Share of the examples, from 0 to 0.5. */
  readonly heldOut: number;
}

export interface Choice {
  readonly epochs: number;
  readonly temperature: number;
}

/**
 * Trains on part of the examples to learn what can only be told on others: after how many epochs F1 is best, and at
 * which temperature scores become probabilities. With no example held out both are told on the examples trained on:
 * all epochs, and probabilities that are too sure.
 */
export async function chooseOnHeldOut(
  examples: readonly Example[],
  tags: readonly string[],
  featureCount: number,
  { heldOut, ...options }: ChoiceOptions,
): Promise<Choice> {
  const mixed = shuffled(examples, seededRandom(options.seed));
  const held = mixed.slice(0, Math.floor(examples.length * heldOut));
  let best: { f1: number; epochs: number; weights: CrfWeights } | undefined;
  const last = await trainPerceptron(mixed.slice(held.length), tags, featureCount, {
    ...options,
    async onEpoch(epoch) {
      const ends = (await options.onEpoch?.(epoch)) ?? false;
      if (held.length === 0) return ends;
      const weights = epoch.average();
      const f1 = exactMatchF1(held, tags, weights);
      if (best === undefined || f1 > best.f1) best = { f1, epochs: epoch.epoch, weights };
      return ends;
    },
  });
  const judges = held.length === 0 ? mixed : held;
  const { epochs, weights } = best ?? { epochs: options.epochs, weights: last };
  const scored = judges.map((example) => ({ chain: chainOf(example, tags, weights), gold: example.gold }));
  return { epochs, temperature: fitTemperature(scored, options.signal) };
}

/** Micro-averaged over entities: an entity is right where its limits and its type are. From 0 to 1. */
function exactMatchF1(examples: readonly Example[], tags: readonly string[], weights: CrfWeights): number {
  const keys = (path: Uint8Array): string[] =>
    spansOfTags(Array.from(path, (tag) => tags[tag])).map(({ label, start, end }) => `${label} ${start} ${end}`);
  let right = 0;
  let all = 0;
  for (const example of examples) {
    const expected = new Set(keys(example.gold));
    const found = keys(bestPath(chainOf(example, tags, weights)));
    right += found.filter((key) => expected.has(key)).length;
    all += expected.size + found.length;
  }
  return all === 0 ? 0 : (2 * right) / all;
}
