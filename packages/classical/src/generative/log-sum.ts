/** ln Σ exp(x), shifted by the largest so that nothing overflows. */
export function logSum(logs: Float64Array): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (const each of logs) largest = Math.max(largest, each);
  return largest + Math.log(logs.reduce((sum, each) => sum + Math.exp(each - largest), 0));
}
