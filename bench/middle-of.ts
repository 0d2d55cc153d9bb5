/** Of several turns the one whose ratio lies in the middle. */
export function middleOf<T>(turns: readonly T[], ratioOf: (turn: T) => number): T {
  return [...turns].sort((a, b) => ratioOf(a) - ratioOf(b))[Math.floor(turns.length / 2)] as T;
}
