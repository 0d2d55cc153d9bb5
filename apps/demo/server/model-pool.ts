import { type AnyModel, BifocalError, type ModelCard } from "bifocal";
import type { Catalog } from "./catalog.js";

/** Listed models, each opened once and shared by all calls; closing the pool closes them. */
export interface ModelPool extends AsyncDisposable {
  readonly catalog: Catalog;
  /** The model of a listed card, opened at its first use. A failed opening is tried again at the next. */
  open(card: ModelCard): Promise<AnyModel>;
}

/**
 * A pool over a catalog.
 * @example
 * await using models = createModelPool(embeddedCatalog);
 * const model = await models.open(card);
 */
export function createModelPool(catalog: Catalog): ModelPool {
  const opened = new Map<string, Promise<AnyModel>>();
  let closed = false;
  return {
    catalog,
    async open({ task, id }) {
      if (closed) throw new BifocalError("aborted", "The server is closing; ask again when it is back.");
      const model = opened.get(id) ?? catalog.openModel(task, id);
      opened.set(id, model);
      model.catch(() => opened.delete(id));
      return model;
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      const models = await Promise.allSettled(opened.values());
      opened.clear();
      await Promise.all(models.map((each) => each.status === "fulfilled" && each.value[Symbol.asyncDispose]()));
    },
  };
}
