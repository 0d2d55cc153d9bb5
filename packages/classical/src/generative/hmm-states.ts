import { areIob2 } from "../tagged-items.js";
import type { HmmParams } from "./hmm-params.js";

/** The states of a model: its tags, or with `capitals` first those of other words, then those of words with a capital. */
export interface StateSpace {
  readonly count: number;
  readonly capitals: boolean;
  /** The state that any word may come from, `O` of words without a capital; -1 where there is none. */
  readonly outside: number;
}

export function stateSpace({ tags, capitals }: Pick<HmmParams, "tags" | "capitals">): StateSpace {
  return { count: tags.length * (capitals ? 2 : 1), capitals, outside: areIob2(tags) ? tags.indexOf("O") : -1 };
}

/** Whether words of a root (1: that begin with a capital) can come from a state. */
export function isStateOfRoot({ count, capitals }: StateSpace, root: number, state: number): boolean {
  return !capitals || state >= count / 2 === (root === 1);
}

/** The state that any word of a root may come from, or -1. */
export function outsideOf({ count, capitals, outside }: StateSpace, root: number): number {
  return outside >= 0 && capitals && root === 1 ? outside + count / 2 : outside;
}

/** The state of the same tag for words of the other case. */
export function otherState({ count, capitals }: StateSpace, state: number): number {
  return capitals ? (state + count / 2) % count : state;
}
