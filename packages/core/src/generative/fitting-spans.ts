import type { Span } from "@bifocal/contracts";

/** How long texts are, and how much fits at once, in the same unit. */
export type MeasureLengths = (
  texts: readonly string[],
) => Promise<{ readonly lengths: readonly number[]; readonly room: number }>;

/** A stretch of a text, and how long it is to a model. */
export interface MeasuredSpan extends Span {
  readonly length: number;
}

/** Spans of a text, those too long cut in two until every one fits, or is a single character. */
export async function spansThatFit(spans: readonly Span[], measure: MeasureLengths): Promise<MeasuredSpan[]> {
  if (spans.length === 0) return [];
  const { lengths, room } = await measure(spans.map(({ text }) => text));
  const fits = (i: number): boolean => (lengths[i] as number) <= room || halves(spans[i] as Span).length < 2;
  const shorter = await spansThatFit(
    spans.flatMap((span, i) => (fits(i) ? [] : halves(span))),
    measure,
  );
  let next = 0;
  return spans.flatMap((span, i) => {
    if (fits(i)) return [{ ...span, length: lengths[i] as number }];
    const own = shorter.slice(next).filter(({ start, end }) => start >= span.start && end <= span.end);
    next += own.length;
    return own;
  });
}

/** Where a sentence is cut that is too long: after a comma or the like, else at white space, else between two characters. */
const places = [/(?<=[,;:،؛、，；：–—])\s*(?=\S)/gu, /\s+/gu, /(?<=[^\u200d])(?=[^\p{M}\u200d])/gu];

/** A span cut in two near its middle; itself alone where it cannot be cut. */
function halves({ text, start }: Span): Span[] {
  const middle = text.length / 2;
  for (const place of places) {
    const cuts = Array.from(text.matchAll(place), ({ 0: space, index }) => ({ from: index, to: index + space.length }));
    const inner = cuts.filter(({ from, to }) => from > text.length / 4 && to < (text.length * 3) / 4);
    const [cut] = inner.sort((a, b) => Math.abs(a.from - middle) - Math.abs(b.from - middle));
    if (cut === undefined) continue;
    return [
      { text: text.slice(0, cut.from), start, end: start + cut.from },
      { text: text.slice(cut.to), start: start + cut.to, end: start + text.length },
    ];
  }
  return [{ text, start, end: start + text.length }];
}

/** Neighbouring spans joined as far as they fit together, with what stands between them; `around` is part of every length. */
export function packSpans(
  text: string,
  spans: readonly MeasuredSpan[],
  { room, around }: { readonly room: number; readonly around: number },
): Span[] {
  const packed: MeasuredSpan[] = [];
  for (const span of spans) {
    const last = packed.at(-1);
    const length = (last?.length ?? around) + span.length - around;
    if (last === undefined || length > room) packed.push(span);
    else
      packed[packed.length - 1] = { text: text.slice(last.start, span.end), start: last.start, end: span.end, length };
  }
  return packed;
}
