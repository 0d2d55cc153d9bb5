/** 32-bit numbers that threads share: so many zeros, or a copy. */
export function sharedWords(of: number | Uint32Array): Uint32Array<SharedArrayBuffer> {
  const array = new Uint32Array(new SharedArrayBuffer(4 * (typeof of === "number" ? of : of.length)));
  if (typeof of !== "number") array.set(of);
  return array;
}

/** Bytes that threads share: so many zeros, or a copy. */
export function sharedBytes(of: number | Uint8Array): Uint8Array<SharedArrayBuffer> {
  const array = new Uint8Array(new SharedArrayBuffer(typeof of === "number" ? of : of.length));
  if (typeof of !== "number") array.set(of);
  return array;
}

/** Numbers of double precision that threads share, all zero. */
export function sharedNumbers(length: number): Float64Array<SharedArrayBuffer> {
  return new Float64Array(new SharedArrayBuffer(8 * length));
}
