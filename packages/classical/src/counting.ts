/** 0, 1, 2, … */
export function counting<A extends Int32Array | Uint32Array>(Type: new (length: number) => A, length: number): A {
  const numbers = new Type(length);
  for (let i = 0; i < length; i++) numbers[i] = i;
  return numbers;
}
