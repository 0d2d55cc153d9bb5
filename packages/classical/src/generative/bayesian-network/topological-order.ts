/** The numbers of all variables, parents before children; undefined where some are their own ancestors. */
export function topologicalOrder(parents: readonly ArrayLike<number>[]): number[] | undefined {
  const waiting = Uint32Array.from(parents, ({ length }) => length);
  const children = childrenOf(parents);
  const order: number[] = [];
  for (let v = 0; v < parents.length; v++) if (waiting[v] === 0) order.push(v);
  for (let next = 0; next < order.length; next++) {
    for (const child of children[order[next]]) if (--waiting[child] === 0) order.push(child);
  }
  return order.length === parents.length ? order : undefined;
}

/** The children of each variable, ascending. */
export function childrenOf(parents: readonly ArrayLike<number>[]): number[][] {
  const children: number[][] = parents.map(() => []);
  for (const [child, each] of parents.entries()) for (let i = 0; i < each.length; i++) children[each[i]].push(child);
  return children;
}
