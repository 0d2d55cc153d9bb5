import { type ModelCard, paradigms, tasks } from "@bifocal/contracts";
import type { Params } from "./model-file.js";
import type { StoredBlock } from "./model-file-blocks.js";

/** What a model file says before its blocks. */
export interface Header {
  readonly card: ModelCard;
  /** The params that are neither numbers nor long lists: those are blocks. */
  readonly params: Readonly<Record<string, unknown>> & Params;
  readonly blocks: readonly StoredBlock[];
}

/**
 * Reads a header as the plain data that it is, whoever wrote it.
 * @throws {Error} where it is no JSON, lacks a part, has one twice, or carries a name that every object has
 */
export function readHeader(bytes: Uint8Array): Header {
  const header: Header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes), refuseUnsafeNames);
  if (!isWhole(header)) throw new Error("its header lacks a part");
  const names = [...Object.keys(header.params), ...header.blocks.map(({ name }) => name)];
  for (const name of names) refuseUnsafeNames(name, undefined);
  if (new Set(names).size < names.length) throw new Error("it has a part twice");
  return header;
}

function isWhole({ card, params, blocks }: Header): boolean {
  return isCard(card) && typeof params?.kind === "string" && Number.isInteger(params.version) && Array.isArray(blocks);
}

function isCard(card: ModelCard | undefined): boolean {
  return (
    card !== undefined &&
    card !== null &&
    [card.id, card.family, card.licence, card.source].every(isText) &&
    [card.languages, card.trainedOn].every((names) => Array.isArray(names) && names.every(isText)) &&
    tasks.includes(card.task) &&
    paradigms.includes(card.paradigm)
  );
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function refuseUnsafeNames(name: string, value: unknown): unknown {
  if (name === "__proto__" || name === "constructor" || name === "prototype") throw new Error(`it carries "${name}"`);
  return value;
}
