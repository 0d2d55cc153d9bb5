export type TypedArray = Float32Array | Float64Array | Int8Array | Uint8Array | Uint16Array | Int32Array | Uint32Array;

const arrayTypes = { Float32Array, Float64Array, Int8Array, Uint8Array, Uint16Array, Int32Array, Uint32Array } as const;

type ArrayTypeName = keyof typeof arrayTypes;

interface ArrayType {
  new (buffer: ArrayBufferLike, start?: number, length?: number): TypedArray;
  new (values: ArrayLike<number>): TypedArray;
  readonly BYTES_PER_ELEMENT: number;
}

/** How a block lies in the file; `as` is the type that it has in memory. */
export interface StoredBlock {
  readonly name: string;
  readonly as: ArrayTypeName | "strings";
  /** The narrower type that it has in the file, where every number fits it exactly or it was quantized. */
  readonly stored: ArrayTypeName | "utf-8";
  /** Of a quantized block: what a stored number is multiplied with, a scale a column. */
  readonly scales?: readonly number[];
  readonly length: number;
  readonly offset: number;
  readonly bytes: number;
}

type Encoded = { readonly block: Omit<StoredBlock, "offset" | "bytes">; readonly bytes: Uint8Array };

/** Writes numbers in the narrowest type that holds them exactly, or in 8 bits a number where `columns` is given. */
export function encodeBlock(name: string, value: TypedArray | readonly string[], columns?: number): Encoded {
  if (!ArrayBuffer.isView(value)) {
    return { block: { name, as: "strings", stored: "utf-8", length: value.length }, bytes: encodeStrings(value) };
  }
  const as = value.constructor.name as ArrayTypeName;
  if (columns !== undefined) return quantized(name, value, columns);
  const stored = narrowest(value) ?? as;
  const array = stored === as ? value : new arrayTypes[stored](value);
  return { block: { name, as, stored, length: value.length }, bytes: bytesOf(array) };
}

/**
 * Reads a block. Numbers that lie in the file as they are in memory, at a place where their type may lie, are a view of
 * the file's own bytes: nothing is copied.
 * @throws {Error} where the block does not fit into the payload, or is of an unknown type.
 */
export function decodeBlock(block: StoredBlock, payload: Uint8Array): TypedArray | string[] {
  const { as, stored, offset, bytes, length, scales } = block;
  if (!(offset >= 0 && bytes >= 0 && offset + bytes <= payload.length)) throw new Error(`"${block.name}" is cut short`);
  if (as === "strings") {
    const strings = decodeStrings(payload.subarray(offset, offset + bytes), length);
    if (strings.length !== length) throw new Error(`"${block.name}" has ${strings.length} strings, not ${length}`);
    return strings;
  }
  if (!Object.hasOwn(arrayTypes, as) || !Object.hasOwn(arrayTypes, stored))
    throw new Error(`"${block.name}" is of an unknown type`);
  const Stored: ArrayType = arrayTypes[stored as ArrayTypeName];
  if (bytes !== length * Stored.BYTES_PER_ELEMENT) throw new Error(`"${block.name}" has a wrong length`);
  const array = arrayAt(payload, offset, length, Stored);
  if (scales !== undefined) return dequantized(block.name, array, scales);
  return as === stored ? array : new arrayTypes[as](array);
}

function arrayAt(payload: Uint8Array, offset: number, length: number, Stored: ArrayType): TypedArray {
  const start = payload.byteOffset + offset;
  if (start % Stored.BYTES_PER_ELEMENT === 0) return new Stored(payload.buffer, start, length);
  return new Stored(new Uint8Array(payload.subarray(offset, offset + length * Stored.BYTES_PER_ELEMENT)).buffer);
}

function bytesOf(array: TypedArray): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** The same numbers in the narrowest type that holds all of them exactly: such lie in a file as they do in memory. */
export function narrowed<A extends TypedArray>(array: A): A | Uint8Array | Uint16Array {
  const type = narrowest(array);
  return type === undefined ? array : new narrowTypes[type](array);
}

const narrowTypes = { Uint8Array, Uint16Array } as const;

function narrowest(array: TypedArray): keyof typeof narrowTypes | undefined {
  let largest = 0;
  for (const value of array) {
    if (!Number.isInteger(value) || value < 0 || Object.is(value, -0)) return undefined;
    if (value > largest) largest = value;
  }
  if (largest < 2 ** 8) return "Uint8Array";
  if (largest < 2 ** 16) return "Uint16Array";
  return undefined;
}

/** Each column's largest magnitude becomes 127. */
function quantized(name: string, values: TypedArray, columns: number): Encoded {
  const largest = new Float64Array(columns);
  for (let i = 0; i < values.length; i++) largest[i % columns] = Math.max(largest[i % columns], Math.abs(values[i]));
  const scales = Array.from(largest, (each) => (each === 0 ? 1 : each / 127));
  const stored = new Int8Array(values.length);
  for (let i = 0; i < values.length; i++) stored[i] = Math.round(values[i] / scales[i % columns]);
  const block = { name, as: "Float32Array", stored: "Int8Array", scales, length: values.length } as const;
  return { block, bytes: bytesOf(stored) };
}

function dequantized(name: string, stored: TypedArray, scales: readonly number[]): Float32Array {
  if (scales.length === 0 || !scales.every(Number.isFinite)) throw new Error(`"${name}" has no whole scales`);
  const values = new Float32Array(stored.length);
  const columns = scales.length;
  for (let i = 0, column = 0; i < values.length; i++) {
    values[i] = stored[i] * scales[column];
    if (++column === columns) column = 0;
  }
  return values;
}

/** Joined by newlines; a newline or backslash within a string is escaped, and half a character, which UTF-8 cannot hold. */
function encodeStrings(strings: readonly string[]): Uint8Array {
  return new TextEncoder().encode(strings.map((each) => each.replace(/[\\\n]|\p{Cs}/gu, escaped)).join("\n"));
}

function escaped(unit: string): string {
  if (unit === "\n") return "\\n";
  return unit === "\\" ? "\\\\" : `\\u${unit.charCodeAt(0).toString(16)}`;
}

function decodeStrings(raw: Uint8Array, length: number): string[] {
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(raw);
  if (length === 0) return [];
  const strings = text.split("\n");
  return text.includes("\\") ? strings.map((each) => each.replace(/\\(n|\\|u(d[89a-f]..))/g, unescaped)) : strings;
}

function unescaped(_: string, mark: string, code: string): string {
  if (mark === "n") return "\n";
  return mark === "\\" ? "\\" : String.fromCharCode(Number.parseInt(code, 16));
}
