/** −log p(target), p the softmax of the outputs, which are replaced by its slope: share · (p − y). */
export function softmaxLoss(outputs: Float64Array, target: number, share: number): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let o = 0; o < outputs.length; o++) if (outputs[o] > largest) largest = outputs[o];
  const right = outputs[target];
  let total = 0;
  for (let o = 0; o < outputs.length; o++) {
    outputs[o] = Math.exp(outputs[o] - largest);
    total += outputs[o];
  }
  for (let o = 0; o < outputs.length; o++) outputs[o] *= share / total;
  outputs[target] -= share;
  return Math.log(total) + largest - right;
}
