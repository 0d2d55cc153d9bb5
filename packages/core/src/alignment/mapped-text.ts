/** A text made from another, and where in that one each of its UTF-16 units comes from, end exclusive. */
export interface MappedText {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** For each unit of a step's output, the units of its input that it comes from, end exclusive; none where both are equal. */
export interface Relation {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** A part of a text as it stands there; both halves of a surrogate pair come from the whole of it. */
export function mapPart(whole: string, start: number, end: number): MappedText {
  const text = whole.slice(start, end);
  const starts: number[] = [];
  const ends: number[] = [];
  for (const character of text) {
    const at = start + starts.length;
    for (let unit = 0; unit < character.length; unit++) {
      starts.push(at);
      ends.push(at + character.length);
    }
  }
  return { text, starts, ends };
}

export function sliceMapped({ text, starts, ends }: MappedText, from: number, to: number): MappedText {
  return { text: text.slice(from, to), starts: starts.slice(from, to), ends: ends.slice(from, to) };
}

/** What a step makes of a mapped text, mapped to where that came from. */
export function follow(input: MappedText, text: string, { from, to }: Relation): MappedText {
  const ranges = from.map((start, i) => rangeIn(input, start, to[i] as number));
  return { text, starts: ranges.map(([start]) => start), ends: ranges.map(([, end]) => end) };
}

/** Where units of a mapped text come from; what comes from none stands between its neighbours. */
export function rangeIn({ starts, ends }: MappedText, from: number, to: number): readonly [number, number] {
  if (from < to) return [starts[from] as number, ends[to - 1] as number];
  const at = starts[from] ?? ends.at(-1) ?? 0;
  return [at, at];
}
