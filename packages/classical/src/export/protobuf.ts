/** A part of a protocol-buffers message, written: fields one after the other, in the order given. */
export type Field = readonly Uint8Array[];

const varintWire = 0;
const lengthWire = 2;
const encoder = new TextEncoder();

/** An integer field (`int32`, `int64`, `enum`); negative numbers take ten bytes, as the format has it. */
export function integerField(number: number, value: number | bigint): Field {
  return [varint((number << 3) | varintWire), varint(value)];
}

/** A field of bytes. */
export function bytesField(number: number, value: Uint8Array): Field {
  return [varint((number << 3) | lengthWire), varint(value.length), value];
}

/** A string field, in UTF-8. */
export function textField(number: number, value: string): Field {
  return bytesField(number, encoder.encode(value));
}

/** A message within a message. */
export function messageField(number: number, fields: readonly Field[]): Field {
  const parts = fields.flat();
  return [varint((number << 3) | lengthWire), varint(lengthOf(parts)), ...parts];
}

/** Integers in one field, packed: how `repeated int64` is best written. */
export function packedField(number: number, values: readonly number[]): Field {
  return messageField(number, [values.map(varint)]);
}

/** The bytes of a whole message. */
export function messageBytes(fields: readonly Field[]): Uint8Array {
  const parts = fields.flat();
  const whole = new Uint8Array(lengthOf(parts));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function lengthOf(parts: readonly Uint8Array[]): number {
  let length = 0;
  for (const part of parts) length += part.length;
  return length;
}

/** Base 128, the lowest seven bits first; the top bit says that more follows. */
function varint(value: number | bigint): Uint8Array {
  const bytes: number[] = [];
  if (typeof value === "number" && value >= 0 && value < 2 ** 31) {
    let rest = value;
    for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
    bytes.push(rest);
    return Uint8Array.from(bytes);
  }
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
