import { type AnyModel, createModelPool as createPool, type ModelCard } from "bifocal";
import type { Catalog } from "./catalog.js";

/** Listed models, each opened at its first use and shared by all calls; closing the pool closes them. */
export interface ModelPool extends AsyncDisposable {
  readonly catalog: Catalog;
  /** Does work with the model of a listed card. A failed opening is tried again at the next use. */
  use<R>(card: ModelCard, work: (model: AnyModel) => Promise<R>): Promise<R>;
}

/** Of all models' weights together: more than all embedded ones have. */
const budgetBytes = 2 ** 30;

/**
 * A pool over a catalog.
 * @example
 * await using models = createModelPool(embeddedCatalog);
 * const results = await models.use(card, (model) => runModel(model, texts, {}));
 */
export function createModelPool(catalog: Catalog): ModelPool {
  const cards = new Map<string, ModelCard>();
  const pool = createPool<AnyModel>((id) => catalog.openModel((cards.get(id) as ModelCard).task, id), { budgetBytes });
  return {
    catalog,
    use(card, work) {
      cards.set(card.id, card);
      return pool.use(card.id, work);
    },
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
}
