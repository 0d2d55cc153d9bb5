/**
 * I(X; Y | Z) in nats, from counts of z × y × x, x fastest:
 * Σ P(x, y, z) ln [P(x, y | z) / (P(x | z) P(y | z))]. Mutual information where z has one state.
 */
export function conditionalMutualInformation(counts: Float64Array, states: { x: number; y: number }): number {
  const size = states.x * states.y;
  let information = 0;
  let rows = 0;
  for (let start = 0; start < counts.length; start += size) {
    const slice = counts.subarray(start, start + size);
    const { total, nats } = informationOf(slice, states.x, states.y);
    information += nats;
    rows += total;
  }
  return rows > 0 ? Math.max(0, information / rows) : 0;
}

/** N · I(X; Y) and N of counts y × x. */
function informationOf(counts: Float64Array, xs: number, ys: number): { total: number; nats: number } {
  const [ofX, ofY] = [new Float64Array(xs), new Float64Array(ys)];
  let nats = 0;
  let total = 0;
  for (let y = 0, i = 0; y < ys; y++) {
    for (let x = 0; x < xs; x++, i++) {
      ofX[x] += counts[i];
      ofY[y] += counts[i];
      nats += timesLog(counts[i]);
    }
    total += ofY[y];
  }
  for (const count of ofX) nats -= timesLog(count);
  for (const count of ofY) nats -= timesLog(count);
  return { total, nats: nats + timesLog(total) };
}

/** x ln x, which is 0 at 0. */
function timesLog(x: number): number {
  return x > 0 ? x * Math.log(x) : 0;
}
