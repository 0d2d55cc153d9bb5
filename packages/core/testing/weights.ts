/** An ONNX file whose weights of that value are all another: for weights that load and answer wrongly. */
export function withWeights(onnx: Uint8Array, from: number, to: number): Uint8Array {
  const changed = Buffer.from(onnx);
  const [found, other] = [from, to].map((value) => Buffer.from(new Float32Array([value]).buffer)) as [Buffer, Buffer];
  for (let at = changed.indexOf(found); at >= 0; at = changed.indexOf(found, at + 4)) other.copy(changed, at);
  if (changed.equals(onnx)) throw new Error(`no weight is ${from}`);
  return changed;
}
