interface Range {
  readonly start: number;
  readonly end: number;
}

/** A piece of a text, and the span that it is, if any. */
export interface Segment<S extends Range> {
  readonly text: string;
  readonly span?: S;
}

/** A text cut where spans start and end; the pieces joined are the text. Of two that overlap the first is kept. */
export function segmentsOf<S extends Range>(text: string, spans: readonly S[]): Segment<S>[] {
  const segments: Segment<S>[] = [];
  let position = 0;
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    if (span.start < position || span.end <= span.start || span.end > text.length) continue;
    if (span.start > position) segments.push({ text: text.slice(position, span.start) });
    segments.push({ text: text.slice(span.start, span.end), span });
    position = span.end;
  }
  if (position < text.length) segments.push({ text: text.slice(position) });
  return segments;
}
