/**
 * The heaviest tree over all vertices (Prim 1957), as the parent of each vertex; -1 of the first, its root. Of equal
 * edges the first. `weightsFrom` gives the weights of one vertex's edges when the vertex joins the tree, so that no
 * matrix of all of them is ever held.
 */
export function heaviestTree(
  vertices: number,
  weightsFrom: (vertex: number) => (other: number) => number,
  onVertex: () => void = () => {},
): Int32Array {
  const parents = new Int32Array(vertices).fill(-1);
  const heaviest = new Float64Array(vertices).fill(Number.NEGATIVE_INFINITY);
  const outside = new Set(Array.from({ length: vertices }, (_, v) => v));
  for (let joining = 0; outside.delete(joining); joining = heaviestOf(outside, heaviest)) {
    const weightTo = weightsFrom(joining);
    for (const other of outside) {
      const weight = weightTo(other);
      if (weight <= heaviest[other]) continue;
      heaviest[other] = weight;
      parents[other] = joining;
    }
    onVertex();
  }
  return parents;
}

function heaviestOf(outside: ReadonlySet<number>, weights: Float64Array): number {
  let best = -1;
  for (const each of outside) if (best < 0 || weights[each] > weights[best]) best = each;
  return best;
}
