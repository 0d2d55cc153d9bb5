import type { CallOptions, Model } from "@bifocal/contracts";
import { askEach } from "./ask.js";
import type { CountedModel } from "./bootstrap-scores.js";
import type { ComparedModel, Failure, NamedModel, Proportion } from "./comparison.js";
import type { Counts } from "./metric.js";
import type { Answer, Protocol, Scope } from "./protocol.js";
import { wilsonInterval } from "./statistics/wilson.js";
import { createTally } from "./tally.js";

const failuresKept = 10;

/** What came of a model's answer to an item. */
export interface Mark {
  /** Where items are right or wrong. */
  readonly correct?: boolean;
  readonly shown: Answer;
}

/** A model in a comparison: answers batches, keeps its own tally. */
export interface Entrant<Item, Gold, Name extends string> {
  /** A mark for each item; null where the model failed on it. `offset` is the place of the first. */
  readonly answer: (items: readonly Item[], golds: readonly Gold[], offset: number) => Promise<(Mark | null)[]>;
  readonly result: (confidence: number) => Omit<ComparedModel<Name>, "intervals">;
  /** What the metrics counted that are compared by drawing items anew, where they have a score. */
  readonly counted: () => CountedModel<Name>;
}

export function openEntrant<M extends Model, Item, Gold, Predicted, Name extends string>(
  protocol: Protocol<M, Item, Gold, Predicted, Name>,
  { name, model }: NamedModel<M>,
  options: CallOptions & Scope,
): Entrant<Item, Gold, Name> {
  const tally = createTally(protocol, model, options);
  const failures: Failure[] = [];
  const kept = protocol.resampled.map((metric) => ({ metric, counts: [] as (Counts | null)[] }));
  let [answered, failed, correct, milliseconds] = [0, 0, 0, 0];

  function mark(gold: Gold, predicted: Predicted): Mark {
    const counted = tally.add(gold, predicted);
    for (const { metric, counts } of kept) counts.push(counted.get(protocol.metrics[metric].count) ?? null);
    answered++;
    const shown = protocol.show(predicted);
    if (protocol.correctness === undefined) return { shown };
    const isCorrect = protocol.correctness.of(gold, predicted);
    correct += Number(isCorrect);
    return { correct: isCorrect, shown };
  }

  function fail(failure: Failure): null {
    for (const { counts } of kept) counts.push(null);
    if (failed++ < failuresKept) failures.push(failure);
    return null;
  }

  return {
    async answer(items, golds, offset) {
      const start = performance.now();
      const outcomes = await askEach(protocol, model, items, options);
      milliseconds += performance.now() - start;
      return outcomes.map((outcome, i) => {
        tally.meet(items[i] as Item, golds[i] as Gold);
        if ("predicted" in outcome) return mark(golds[i] as Gold, outcome.predicted);
        return fail({ index: offset + i, message: outcome.failure });
      });
    },
    result: (confidence) => ({
      name,
      model: model.card.id,
      paradigm: model.card.paradigm,
      family: model.card.family,
      ...tally.result(),
      answered,
      failed,
      failures,
      ...(protocol.correctness && { correct: proportionOf(correct, answered, confidence) }),
      milliseconds,
    }),
    counted: () => {
      const { scores } = tally.result();
      return { name, counted: kept.filter(({ metric }) => scores[metric] !== null) };
    },
  };
}

function proportionOf(successes: number, of: number, confidence: number): Proportion {
  if (of === 0) return { successes, of, rate: null, interval: null };
  return { successes, of, rate: successes / of, interval: wilsonInterval(successes, of, confidence) };
}
