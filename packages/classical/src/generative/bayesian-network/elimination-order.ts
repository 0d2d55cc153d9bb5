/**
 * The variables of the groups, group after group, each group in min-fill order: next goes the variable whose
 * neighbours lack the fewest edges among each other; of equals the one that meets the fewest states, then the first
 * (Kjærulff 1990). `scopes` are the sets of variables that stand together in a factor.
 * @returns the order, and with each variable its neighbours at the time it goes
 */
export function eliminationOrder(
  scopes: readonly (readonly number[])[],
  groups: readonly (readonly number[])[],
  cardinalities: readonly number[],
): Elimination[] {
  const graph = openGraph(scopes, cardinalities.length);
  return groups.flatMap((group) => {
    const left = new Set(group);
    return group.map(() => {
      const variable = cheapest(left, graph, cardinalities);
      left.delete(variable);
      const neighbours = [...graph.neighbours[variable]].sort((a, b) => a - b);
      remove(graph, variable);
      return { variable, neighbours };
    });
  });
}

/** A variable that goes, and those that it stands together with when it does. */
export interface Elimination {
  readonly variable: number;
  readonly neighbours: readonly number[];
}

interface Graph {
  readonly neighbours: readonly Set<number>[];
  /** How many edges the neighbours of each variable lack among each other. */
  readonly fill: Int32Array;
}

function openGraph(scopes: readonly (readonly number[])[], variables: number): Graph {
  const neighbours = Array.from({ length: variables }, () => new Set<number>());
  for (const scope of scopes) for (const a of scope) for (const b of scope) if (a !== b) neighbours[a].add(b);
  const fill = Int32Array.from(neighbours, (each) => {
    let present = 0;
    for (const a of each) present += shared(neighbours[a], each);
    return (each.size * (each.size - 1) - present) / 2;
  });
  return { neighbours, fill };
}

function cheapest(left: ReadonlySet<number>, graph: Graph, cardinalities: readonly number[]): number {
  let [best, fewest, smallest] = [-1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const each of left) {
    const fill = graph.fill[each];
    if (fill > fewest) continue;
    let size = Math.log(cardinalities[each]);
    for (const neighbour of graph.neighbours[each]) size += Math.log(cardinalities[neighbour]);
    if (fill === fewest && size >= smallest) continue;
    [best, fewest, smallest] = [each, fill, size];
  }
  return best;
}

/** Takes a variable out and joins its neighbours, keeping every `fill` right. */
function remove({ neighbours, fill }: Graph, variable: number): void {
  const around = [...neighbours[variable]];
  if (fill[variable] > 0) connect({ neighbours, fill }, around);
  for (const each of around) {
    neighbours[each].delete(variable);
    // Its neighbours are joined by now, so of what it lacked only edges to those outside of them are not needed more.
    fill[each] -= neighbours[each].size - (around.length - 1);
  }
}

function connect({ neighbours, fill }: Graph, around: readonly number[]): void {
  for (const [i, a] of around.entries()) {
    for (const b of around.slice(i + 1)) {
      if (neighbours[a].has(b)) continue;
      const both = shared(neighbours[a], neighbours[b]);
      fill[a] += neighbours[a].size - both;
      fill[b] += neighbours[b].size - both;
      for (const each of neighbours[a]) if (neighbours[b].has(each)) fill[each]--;
      neighbours[a].add(b);
      neighbours[b].add(a);
    }
  }
}

function shared(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let count = 0;
  for (const each of small) if (large.has(each)) count++;
  return count;
}
