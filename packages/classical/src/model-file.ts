import { crc32 } from "node:zlib";
import { BifocalError, type ModelCard } from "@bifocal/contracts";
import { decodeBlock, encodeBlock, type StoredBlock, type TypedArray } from "./model-file-blocks.js";
import { readHeader } from "./model-file-header.js";

/** A learner's result: plain data. Typed arrays, lists of strings and JSON values; `kind` says what reads it. */
export interface Params {
  readonly kind: string;
  readonly version: number;
}

/** A model at rest: what it is, what it learned, and fingerprints of the texts it learned from. */
export interface SavedModel<P extends Params = Params> {
  readonly card: ModelCard;
  readonly params: P;
  /** Sorted, without doubles; see `fingerprint`. */
  readonly trainingTexts: Uint32Array;
}

/** How a model becomes a file. */
export interface EncodeOptions {
  /** Names of `Float32Array`s in the params to keep in 8 bits, each with its number of columns; a scale a column. */
  readonly quantize?: Readonly<Record<string, number>>;
}

const magic = "BIFOCAL\n";
const formatVersion = 1;
const headerStart = 24;
const trainingTextsBlock = "trainingTexts";

/**
 * A model as a file: `BIFOCAL\n`, then format version, header length, CRC-32 of all that follows and 0 (32 bits each,
 * little-endian), then a JSON header, then blocks of numbers and strings, each on a multiple of 8 bytes.
 */
export function encodeModel(model: SavedModel, { quantize = {} }: EncodeOptions = {}): Uint8Array {
  const plain: Record<string, unknown> = {};
  const blocks: StoredBlock[] = [];
  const parts: Uint8Array[] = [];
  let offset = 0;
  const put = (name: string, value: TypedArray | readonly string[]): void => {
    const { block, bytes } = encodeBlock(name, value, quantize[name]);
    blocks.push({ ...block, offset, bytes: bytes.length });
    parts.push(bytes);
    offset += padded(bytes.length);
  };
  for (const [name, value] of Object.entries(model.params)) {
    if (ArrayBuffer.isView(value) || isLongStringList(value)) put(name, value as TypedArray | readonly string[]);
    else plain[name] = value;
  }
  put(trainingTextsBlock, model.trainingTexts);
  const header = new TextEncoder().encode(JSON.stringify({ card: model.card, params: plain, blocks }));
  return assemble(header, parts, offset);
}

function assemble(header: Uint8Array, parts: readonly Uint8Array[], payloadLength: number): Uint8Array {
  const payloadStart = headerStart + padded(header.length);
  const file = new Uint8Array(payloadStart + payloadLength);
  file.set(new TextEncoder().encode(magic));
  file.set(header, headerStart);
  let at = payloadStart;
  for (const part of parts) {
    file.set(part, at);
    at += padded(part.length);
  }
  const view = new DataView(file.buffer);
  view.setUint32(8, formatVersion, true);
  view.setUint32(12, header.length, true);
  view.setUint32(16, crc32(file.subarray(headerStart)), true);
  return file;
}

/**
 * Reads what `encodeModel` wrote; nothing in the file is ever executed.
 * @param name how errors call the file
 * @throws {BifocalError} `model-damaged` where it is foreign, cut short or altered, `model-too-new` where it was
 * written by a later version.
 */
export function decodeModel(file: Uint8Array, name = "the model file"): SavedModel {
  const damaged = (why: string, cause?: unknown): BifocalError =>
    new BifocalError("model-damaged", `${name} is not a whole Bifocal model: ${why}. Get or train it again.`, {
      cause,
    });
  if (file.length < headerStart || new TextDecoder().decode(file.subarray(0, 8)) !== magic) {
    throw damaged("it does not begin as one");
  }
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const version = view.getUint32(8, true);
  if (version > formatVersion) throw tooNew(name, `file format ${version}`);
  if (version < 1 || view.getUint32(20, true) !== 0) throw damaged("it begins with what no version writes");
  if (crc32(file.subarray(headerStart)) !== view.getUint32(16, true)) throw damaged("its checksum does not fit");
  try {
    return decodeVerified(file, view.getUint32(12, true));
  } catch (error) {
    throw damaged(error instanceof Error ? error.message : "its header cannot be read", error);
  }
}

/** The error for a file of a later version of Bifocal. */
export function tooNew(name: string, what: string): BifocalError {
  return new BifocalError("model-too-new", `${name} has ${what}, which this version cannot read. Update Bifocal.`);
}

/** The error for a file of an earlier version of Bifocal that is no longer read. */
export function tooOld(name: string, what: string): BifocalError {
  return new BifocalError("model-damaged", `${name} has ${what} which is no longer read. Get or train it again.`);
}

/** The error for params whose parts are missing, or of sizes that do not go together. */
export function unfitting(name: string): BifocalError {
  return new BifocalError("model-damaged", `${name} has parts that do not fit each other. Get or train it again.`);
}

function decodeVerified(file: Uint8Array, headerLength: number): SavedModel {
  const { card, params, blocks } = readHeader(file.subarray(headerStart, headerStart + headerLength));
  const payload = file.subarray(headerStart + padded(headerLength));
  const arrays = Object.fromEntries(blocks.map((block) => [block.name, decodeBlock(block, payload)]));
  const { [trainingTextsBlock]: trainingTexts, ...learned } = arrays;
  if (!(trainingTexts instanceof Uint32Array)) throw new Error("it lacks the fingerprints of its training texts");
  return { card, params: { ...params, ...learned }, trainingTexts };
}

function isLongStringList(value: unknown): boolean {
  return Array.isArray(value) && value.length > 64 && value.every((each) => typeof each === "string");
}

function padded(length: number): number {
  // Not by bits, which would cut the offsets of a file of 2 GiB and more.
  return Math.ceil(length / 8) * 8;
}
