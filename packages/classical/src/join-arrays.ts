/** The numbers of the parts one after another, in one array. */
export function joinArrays<A extends Uint8Array | Int32Array | Uint32Array | Float32Array>(
  Type: new (length: number) => A,
  parts: readonly A[],
): A {
  const whole = new Type(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
