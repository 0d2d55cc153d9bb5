/** Whether every number is finite. A plain loop: a callback for each of a million takes longer than reading them. */
export function areFinite(numbers: Float32Array | Float64Array): boolean {
  for (let i = 0; i < numbers.length; i++) if (!Number.isFinite(numbers[i])) return false;
  return true;
}
