/** Finds the first of some strings in a text that comes in pieces, and holds back what might be the beginning of one. */
export interface StopFilter {
  /** What of the text so far is certain to be told, and was not yet. */
  push(piece: string): string;
  /** What was held back, where no stop string came. */
  rest(): string;
  /** Whether a stop string came: the text ends before it. */
  readonly found: boolean;
}

export function stopFilter(stopStrings: readonly string[]): StopFilter {
  let held = "";
  let found = false;
  return {
    push(piece) {
      if (found) return "";
      held += piece;
      const end = firstOf(held, stopStrings);
      found = end !== undefined;
      const certain = end ?? held.length - longestBeginning(held, stopStrings);
      const told = held.slice(0, certain);
      held = held.slice(certain);
      return told;
    },
    rest: () => (found ? "" : held),
    get found() {
      return found;
    },
  };
}

function firstOf(text: string, stopStrings: readonly string[]): number | undefined {
  const places = stopStrings.map((each) => text.indexOf(each)).filter((place) => place >= 0);
  return places.length > 0 ? Math.min(...places) : undefined;
}

/** How long the end of the text is that a stop string begins with. */
function longestBeginning(text: string, stopStrings: readonly string[]): number {
  const longest = Math.max(0, ...stopStrings.map(({ length }) => length - 1));
  for (let length = Math.min(longest, text.length); length > 0; length--)
    if (stopStrings.some((each) => each.startsWith(text.slice(-length)))) return length;
  return 0;
}
