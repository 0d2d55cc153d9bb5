type NumberArray = Float64Array | Float32Array | Uint32Array | Int8Array | Uint8Array;

/** The array in memory that threads share: itself where it lies there already, otherwise a copy. */
export function sharedArray<A extends NumberArray>(array: A): A {
  if (array.buffer instanceof SharedArrayBuffer) return array;
  const ArrayType = array.constructor as new (buffer: SharedArrayBuffer) => A;
  const copy = new ArrayType(new SharedArrayBuffer(array.byteLength));
  copy.set(array);
  return copy;
}
