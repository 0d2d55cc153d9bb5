/** How many states each of two variables has. */
interface StateCounts {
  readonly x: number;
  readonly y: number;
}

/**
 * I(X; Y | Z) in nats, from counts of z × y × x, x fastest:
 * Σ P(x, y, z) ln [P(x, y | z) / (P(x | z) P(y | z))]. Mutual information where z has one state.
 */
export function conditionalMutualInformation(counts: Float64Array, { x: xs, y: ys }: StateCounts): number {
  const ofX = new Float64Array(xs);
  let nats = 0;
  let rows = 0;
  for (let i = 0; i < counts.length; ) {
    let ofZ = 0;
    ofX.fill(0);
    for (let y = 0; y < ys; y++) {
      let ofY = 0;
      for (let x = 0; x < xs; x++, i++) {
        ofX[x] += counts[i];
        ofY += counts[i];
        nats += timesLog(counts[i]);
      }
      nats -= timesLog(ofY);
      ofZ += ofY;
    }
    for (let x = 0; x < xs; x++) nats -= timesLog(ofX[x]);
    nats += timesLog(ofZ);
    rows += ofZ;
  }
  // To twelve digits: what is equal must stay so in whatever order it is added up, and nothing is less than nothing.
  return rows > 0 ? Math.max(0, Math.round((nats / rows) * 1e12) / 1e12) : 0;
}

/** x ln x, which is 0 at 0. */
function timesLog(x: number): number {
  return x > 0 ? x * Math.log(x) : 0;
}
