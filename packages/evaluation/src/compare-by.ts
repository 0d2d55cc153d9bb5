import { BifocalError, checkOption, type Model, type NumberRule } from "@bifocal/contracts";
import { batches } from "./batches.js";
import { bootstrapDifferences, bootstrapIntervals } from "./bootstrap-scores.js";
import type { ComparedModel, Comparison, Disagreement, NamedModel } from "./comparison.js";
import { type Entrant, type Mark, openEntrant } from "./entrant.js";
import { type EvaluateOptions, type Items, requireItems } from "./evaluate.js";
import { createPairs } from "./pairs.js";
import type { Answer, Protocol } from "./protocol.js";

const rules = {
  confidence: { type: "number", above: 0, max: 0.999999, about: "confidence of the intervals" },
  samples: { type: "integer", min: 1, max: 1_000_000, about: "how often items are drawn anew" },
  seed: { type: "integer", min: 0, max: 2 ** 32 - 1, about: "seed of the draws" },
} as const satisfies Record<string, NumberRule>;

/** How models are compared on items. */
export interface CompareOptions<Item> extends EvaluateOptions {
  /** Of the intervals, above 0, to 0.999999. Default 0.95. */
  readonly confidence?: number;
  /** How often items are drawn anew for intervals and differences (1 to 1,000,000). Default 10,000. */
  readonly samples?: number;
  /** Of the draws (0 to 2^32 - 1). Default 1. */
  readonly seed?: number;
  /** Called with each item on which models disagree, in order; awaited, so that it may write to a file. */
  readonly onDisagreement?: (disagreement: Disagreement<Item>) => void | Promise<void>;
}

/**
 * Models of one contract side by side.
 * @throws {BifocalError} `invalid-input` for an option out of range, fewer than two models, two of one name, no items, or a
 *   model that knows none of their labels; `aborted`.
 */
export async function compareBy<M extends Model, Item, Gold, Predicted, Name extends string>(
  protocol: Protocol<M, Item, Gold, Predicted, Name>,
  models: readonly NamedModel<M>[],
  items: Items<Item>,
  options: CompareOptions<Item>,
): Promise<Comparison<Name>> {
  const { batchSize = 64, confidence = 0.95, samples = 10_000, seed = 1, onProgress, onDisagreement } = options;
  const resampling = { samples, seed };
  for (const [name, value] of Object.entries({ confidence, ...resampling }))
    checkOption(name, rules[name as keyof typeof rules], value);
  checkNames(models.map(({ name }) => name));
  const entrants = models.map((named) => openEntrant(protocol, named, options));
  const pairs = createPairs(models.map(({ name }) => name));
  let done = 0;
  let disagreements = 0;
  for await (const batch of batches(items, batchSize)) {
    const golds = batch.map((item, i) => protocol.goldOf(item, done + i, options));
    const rows = await marksOf(entrants, batch, golds, done);
    for (const [i, row] of rows.entries()) {
      if (protocol.correctness) pairs.add(row.map((mark) => mark?.correct));
      if (!differ(row)) continue;
      disagreements++;
      const gold = protocol.showGold(golds[i] as Gold);
      const predictions = predictionsOf(models, row);
      await onDisagreement?.({ index: done + i, item: batch[i] as Item, gold, predictions });
    }
    done += batch.length;
    onProgress?.(done);
  }
  requireItems(done);
  const drawing = { confidence, ...resampling, ...(options.signal && { signal: options.signal }) };
  const compared: ComparedModel<Name>[] = [];
  for (const entrant of entrants) {
    const intervals = await bootstrapIntervals(protocol.metrics, entrant.counted(), drawing);
    compared.push({ ...entrant.result(confidence), intervals });
  }
  const counted = entrants.map((entrant) => entrant.counted());
  return {
    contract: protocol.contract,
    items: done,
    ...(protocol.correctness && { correctness: protocol.correctness.name }),
    confidence,
    models: compared,
    pairs: protocol.correctness ? pairs.result() : [],
    differences: await bootstrapDifferences(protocol.metrics, counted, drawing),
    ...(protocol.resampled.length > 0 && { resampling }),
    disagreements,
  };
}

/** Of each item, what came of each model's answer: items × models. */
async function marksOf<Item, Gold, Name extends string>(
  entrants: readonly Entrant<Item, Gold, Name>[],
  batch: readonly Item[],
  golds: readonly Gold[],
  offset: number,
): Promise<(Mark | null)[][]> {
  const columns: (Mark | null)[][] = [];
  for (const entrant of entrants) columns.push(await entrant.answer(batch, golds, offset));
  return batch.map((_, i) => columns.map((column) => column[i] ?? null));
}

function checkNames(names: readonly string[]): void {
  if (names.length < 2) throw new BifocalError("invalid-input", "A comparison needs two models or more.");
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice === undefined) return;
  throw new BifocalError("invalid-input", `Two models are named "${twice}"; give each a name of its own.`);
}

/** Whether two of the models that answered answered differently. */
function differ(row: readonly (Mark | null)[]): boolean {
  const answers = row.filter((mark) => mark !== null).map(({ shown }) => JSON.stringify(shown));
  return answers.some((answer) => answer !== answers[0]);
}

function predictionsOf(
  models: readonly { readonly name: string }[],
  row: readonly (Mark | null)[],
): Record<string, Answer | null> {
  return Object.fromEntries(models.map(({ name }, i) => [name, row[i]?.shown ?? null]));
}
