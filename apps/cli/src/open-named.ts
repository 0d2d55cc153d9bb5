import { statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { isAbsolute } from "node:path";
import { systemReason } from "@bifocal/corpus";
import {
  type AnyModel,
  BifocalError,
  decodeModel,
  didYouMean,
  listModels,
  type ModelCard,
  type OpenOptions,
  openModel,
  openSavedModel,
  type SavedModel,
  type Task,
} from "bifocal";
import { withDownloads } from "./downloads.js";
import type { Session } from "./session.js";

/** A model's id as the library takes it: what ends as a model file is the path of one. */
export function modelId(name: string): string {
  return name.endsWith(".bifocal") && !isPath(name) ? `./${name}` : name;
}

/** Whether labels of one's own can be given to a model: those of the catalog and of files have their own. */
export function takesLabels(name: string): boolean {
  const id = modelId(name);
  return isPath(id) ? isFolder(id) : id.includes("/");
}

/**
 * Opens a model by its name alone, or by its name and task.
 * @param options what it is opened with, where its task is given
 * @throws {BifocalError} `invalid-input` where the task is needed to open it; what opening it throws.
 */
export async function openNamed(
  name: string,
  session: Session,
  task?: Task,
  options: OpenOptions = {},
): Promise<AnyModel> {
  const id = modelId(name);
  if (task !== undefined) return withDownloads(session, (opening) => openModel(task, id, { ...opening, ...options }));
  const listed = listModels().find(({ card }) => card.id === id);
  if (listed !== undefined) return openModel(listed.card.task, id);
  if (isPath(id) && !isFolder(id)) return openSavedModel(await readSaved(id));
  if (!id.includes("/")) throw unknownModel(name);
  throw new BifocalError("invalid-input", `What ${name} is for is not told by its name. Say it: --task TASK.`);
}

/** The card of a listed model or of a model file. @throws {BifocalError} `unknown-model`, `unreadable`, `model-damaged`. */
export async function cardOf(name: string): Promise<ModelCard> {
  const id = modelId(name);
  if (isPath(id)) return (await readSaved(id)).card;
  const listed = listModels().find(({ card }) => card.id === id);
  if (listed === undefined) throw unknownModel(name);
  return listed.card;
}

async function readSaved(path: string): Promise<SavedModel> {
  const file = await readFile(path).catch((error: unknown) => {
    throw new BifocalError("unreadable", `Cannot read the model ${path}: ${systemReason(error)}.`, { cause: error });
  });
  return decodeModel(file, path);
}

function unknownModel(name: string): BifocalError {
  const ids = listModels().map(({ card }) => card.id);
  const hint = ids.length > 0 ? didYouMean(name, ids) : "";
  return new BifocalError("unknown-model", `There is no model "${name}". ${hint} "bifocal models list" shows them.`);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function isPath(id: string): boolean {
  return id.startsWith(".") || isAbsolute(id);
}
