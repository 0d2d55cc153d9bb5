import { statSync } from "node:fs";
import { isAbsolute } from "node:path";
import {
  type AnyModel,
  BifocalError,
  contractOf,
  didYouMean,
  type ModelOfTask,
  type Task,
  throwIfAborted,
} from "@bifocal/contracts";
import { type Catalog, defaultEntry, type Reasons } from "./catalog.js";
import { checkOpenOptions, type OpenOptionsOf } from "./open-options.js";
import { openZeroShot } from "./open-zero-shot.js";

/** Where models come from, besides the Hub and folders in its layout. */
export interface ModelSources {
  readonly catalog: Catalog;
  readonly reasons: Reasons;
  /** Opens a file that `bifocal train` wrote. */
  openFile(path: string): Promise<AnyModel>;
}

/**
 * Opens a model: the default of the task (`null`), a catalog name, a path (starts with `.` or `/`) of a model file or
 * of a folder in the Hub's layout, or a Hub id (`org/name`, `org/name@revision`).
 * @throws {BifocalError} `unknown-model` with the nearest names, `wrong-task`, `no-model`, `aborted`, `invalid-input`
 * where a lens or variant is asked for beside a named model, and what opening it throws.
 */
export async function openModelFrom<T extends Task>(
  sources: ModelSources,
  task: T,
  id: string | null,
  options: OpenOptionsOf<T>,
): Promise<ModelOfTask[T]> {
  const { paradigm, variant, zeroShot, onnx } = checkOpenOptions(task, options);
  throwIfAborted(onnx.signal);
  if (id === null) {
    refuseLabels(zeroShot, "The default model");
    const wish = { ...paradigm, ...(variant !== undefined && { variant: variant.value }) };
    const entry = defaultEntry(sources.catalog, sources.reasons, task, wish);
    return forTask(task, await entry.open());
  }
  refuseWish(id, paradigm === undefined ? variant?.name : "paradigm");
  const entry = sources.catalog.find(({ card }) => card.id === id);
  if (entry !== undefined || (isPath(id) && !isFolder(id))) {
    refuseLabels(zeroShot, id);
    return forTask(task, await (entry?.open() ?? sources.openFile(id)));
  }
  if (isPath(id) || isHubId(id)) {
    if (zeroShot !== undefined) return forTask(task, await openZeroShot(id, { ...onnx, ...zeroShot }));
    // Whoever opens an embedded model never waits for the engine to load.
    const { openOnnxModel } = await import("./open-onnx-model.js");
    return openOnnxModel(task, id, onnx);
  }
  const ids = sources.catalog.filter(({ card }) => fits(task, card.task)).map(({ card }) => card.id);
  const hint = ids.length > 0 ? didYouMean(id, ids) : "None is embedded for this task.";
  throw new BifocalError(
    "unknown-model",
    `There is no model "${id}" for ${task}. ${hint} A path starts with "./" or "/", a Hub id has the form org/name.`,
  );
}

/** A named model is looked for nowhere else. @throws {BifocalError} `invalid-input` where a lens or variant is asked for, too. */
function refuseWish(id: string, name: string | undefined): void {
  if (name === undefined) return;
  throw new BifocalError(
    "invalid-input",
    `"${name}" chooses where no model is named, and "${id}" is. Leave out one of the two.`,
  );
}

/** @throws {BifocalError} `invalid-input` where a model that has labels is given others. */
function refuseLabels(zeroShot: object | undefined, model: string): void {
  if (zeroShot === undefined) return;
  throw new BifocalError(
    "invalid-input",
    `${model} has labels of its own. Labels of yours are for a model that compares texts: name one by its Hub id or folder.`,
  );
}

function isHubId(id: string): boolean {
  return /^[\w.-]+\/[\w.-]+(@.+)?$/.test(id);
}

function isPath(id: string): boolean {
  return id.startsWith(".") || isAbsolute(id);
}

/** @throws {BifocalError} `unknown-model` where nothing is there. */
function isFolder(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw new BifocalError("unknown-model", `There is no model at ${path}. Check the path.`);
  return stats.isDirectory();
}

/** A model answers for its own task, and every classifier for text classification. */
function fits(asked: Task, has: Task): boolean {
  return asked === has || (asked === "text-classification" && contractOf[has] === "classifier");
}

function forTask<T extends Task>(task: T, model: AnyModel): ModelOfTask[T] {
  if (fits(task, model.card.task)) return model as ModelOfTask[T];
  void model[Symbol.asyncDispose]();
  throw new BifocalError("wrong-task", `${model.card.id} is a model for ${model.card.task}, not for ${task}.`);
}
