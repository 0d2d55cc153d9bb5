import { BifocalError, type Classifier, checkOption, type Model, type Tagger } from "@bifocal/contracts";
import { batches } from "./batches.js";
import { classifierProtocol, type LabelledText } from "./classifier-protocol.js";
import type { Comparison, Disagreement, NamedModel } from "./comparison.js";
import { type Entrant, type Mark, openEntrant } from "./entrant.js";
import { type EvaluateOptions, type Items, requireItems } from "./evaluate.js";
import type { ClassifierMetricName, TaggerMetricName } from "./metrics/metrics.js";
import { createPairs } from "./pairs.js";
import type { Answer, Protocol } from "./protocol.js";
import { type TaggedTokens, taggerProtocol } from "./tagger-protocol.js";

const confidenceRule = { type: "number", above: 0, max: 0.999999, about: "confidence of the intervals" } as const;

/** How models are compared on items. */
export interface CompareOptions<Item> extends EvaluateOptions {
  /** Of the intervals, above 0, to 0.999999. Default 0.95. */
  readonly confidence?: number;
  /** Called with each item on which models disagree, in order; awaited, so that it may write to a file. */
  readonly onDisagreement?: (disagreement: Disagreement<Item>) => void | Promise<void>;
}

/**
 * Two or more classifiers on the same items: the scores of each with the Wilson interval of its accuracy, the exact
 * McNemar test of each pair, corrected by Holm, and the items on which they disagree. Items are read once; memory does
 * not grow with them. Where a batch fails, its items are asked one by one; those that fail are recorded as failures.
 * @throws {BifocalError} `invalid-input` for fewer than two models, two of one name, no items, or a model that knows
 *   none of their labels; `aborted`.
 * @example
 * const { models, pairs } = await compareClassifiers(
 *   [{ name: "logistic regression", model: first }, { name: "naive Bayes", model: second }], items);
 * pairs[0]?.adjusted; // how surprising their difference is
 */
export function compareClassifiers(
  models: readonly NamedModel<Classifier>[],
  items: Items<LabelledText>,
  options: CompareOptions<LabelledText> = {},
): Promise<Comparison<ClassifierMetricName>> {
  return compare(classifierProtocol, models, items, options);
}

/**
 * As `compareClassifiers`, for taggers. Precision, recall and F1 are no shares of independent items, so the interval and
 * the test are of the share of sentences whose entities are exactly the gold ones.
 * @throws {BifocalError} as `compareClassifiers`, and `invalid-input` where tags are not IOB2 or not one a token.
 */
export function compareTaggers(
  models: readonly NamedModel<Tagger>[],
  items: Items<TaggedTokens>,
  options: CompareOptions<TaggedTokens> = {},
): Promise<Comparison<TaggerMetricName>> {
  return compare(taggerProtocol, models, items, options);
}

async function compare<M extends Model, Item, Gold, Predicted, Name extends string>(
  protocol: Protocol<M, Item, Gold, Predicted, Name>,
  models: readonly NamedModel<M>[],
  items: Items<Item>,
  { batchSize = 64, confidence = 0.95, onProgress, onDisagreement, ...options }: CompareOptions<Item>,
): Promise<Comparison<Name>> {
  checkOption("confidence", confidenceRule, confidence);
  checkNames(models.map(({ name }) => name));
  const entrants = models.map((named) => openEntrant(protocol, named, options));
  const pairs = createPairs(models.map(({ name }) => name));
  let done = 0;
  let disagreements = 0;
  for await (const batch of batches(items, batchSize)) {
    const golds = batch.map((item, i) => protocol.goldOf(item, done + i, options));
    const rows = await marksOf(entrants, batch, golds, done);
    for (const [i, row] of rows.entries()) {
      pairs.add(row.map((mark) => mark?.correct));
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
  return {
    contract: protocol.contract,
    items: done,
    correctness: protocol.correctness,
    confidence,
    models: entrants.map((entrant) => entrant.result(confidence)),
    pairs: pairs.result(),
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
