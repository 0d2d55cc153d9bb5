import { BifocalError, type CallOptions, type Model, messageOf, throwIfAborted } from "@bifocal/contracts";
import type { Scope, Scoring } from "./protocol.js";

type Asking<M extends Model, Item, Predicted> = Pick<Scoring<M, Item, unknown, Predicted, never>, "ask">;

/**
 * A model's answers to a batch.
 * @throws {BifocalError} `internal` where it gives another number of them; whatever the model throws; `aborted`.
 */
export async function askBatch<M extends Model, Item, Predicted>(
  { ask }: Asking<M, Item, Predicted>,
  model: M,
  items: readonly Item[],
  options: CallOptions & Scope,
): Promise<Predicted[]> {
  throwIfAborted(options.signal);
  const answers = await ask(model, items, options);
  if (answers.length === items.length) return answers;
  const given = `${answers.length} results for ${items.length} items`;
  throw new BifocalError("internal", `${model.card.id} gave ${given}; this is a defect of the model.`);
}

/** What a model answered to an item, or why it failed on it. */
export type Outcome<Predicted> = { readonly predicted: Predicted } | { readonly failure: string };

/** As `askBatch`, but where the model fails, each item is asked alone, and those it fails on say so. */
export async function askEach<M extends Model, Item, Predicted>(
  asking: Asking<M, Item, Predicted>,
  model: M,
  items: readonly Item[],
  options: CallOptions & Scope,
): Promise<Outcome<Predicted>[]> {
  try {
    return (await askBatch(asking, model, items, options)).map((predicted) => ({ predicted }));
  } catch (error) {
    throwIfAborted(options.signal);
    if (items.length === 1) return [{ failure: messageOf(error) }];
  }
  const outcomes: Outcome<Predicted>[] = [];
  for (const item of items) outcomes.push(...(await askEach(asking, model, [item], options)));
  return outcomes;
}
