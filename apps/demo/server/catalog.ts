import { type AnyModel, type Lens, lensesOf, listModels, type ModelListing, openModel, type Task } from "bifocal";

/** What the server needs of the library: what there is, and how to open it. */
export interface Catalog {
  listModels(): readonly ModelListing[];
  lensesOf(task: Task): readonly Lens[];
  openModel(task: Task, id: string): Promise<AnyModel>;
}

/** The models that come with the library. */
export const embeddedCatalog: Catalog = {
  listModels,
  lensesOf: (task) => lensesOf(task),
  openModel: (task, id) => openModel(task, id, {}),
};
