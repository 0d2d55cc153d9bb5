import { type Entity, labelInScheme, spansInScheme, type TagScheme, type TokenSpan } from "@bifocal/contracts";
import type { TaggedUnit } from "./read-tags.js";

export interface JoinOptions {
  readonly scheme: TagScheme;
  /** Types, or the model's own tags, that are left out. */
  readonly ignore: readonly string[];
}

/** Every unit as an entity of its own, labelled by the model's own tag. */
export function singleEntities(text: string, units: readonly TaggedUnit[], { scheme, ignore }: JoinOptions): Entity[] {
  const spans = units.map(({ tag }, i) => ({ label: tag, start: i, end: i + 1 }));
  const kept = spans.filter(({ label }) => {
    return !ignore.includes(label) && !ignore.includes(labelInScheme(label, scheme) ?? "O");
  });
  return entitiesOf(text, units, kept);
}

/** The entities that tags mark; their score is the mean of their units'. What is outside is one of type `O`, where that is not left out. */
export function joinedEntities(text: string, units: readonly TaggedUnit[], { scheme, ignore }: JoinOptions): Entity[] {
  const tags = units.map(({ tag }) => tag);
  const found = spansInScheme(tags, scheme);
  const all = ignore.includes("O") ? found : withGaps(found, tags.length);
  return entitiesOf(
    text,
    units,
    all.filter(({ label }) => !ignore.includes(label)),
  );
}

function withGaps(spans: readonly TokenSpan[], length: number): TokenSpan[] {
  let end = 0;
  const before = (start: number): TokenSpan[] => (start > end ? [{ label: "O", start: end, end: start }] : []);
  const all = spans.flatMap((span) => {
    const own = [...before(span.start), span];
    end = span.end;
    return own;
  });
  return [...all, ...before(length)];
}

/** Two tokens of one character may be of two entities: the first takes it. White space alone is none. */
function entitiesOf(text: string, units: readonly TaggedUnit[], spans: readonly TokenSpan[]): Entity[] {
  let taken = 0;
  return spans.flatMap(({ label, start: first, end: next }) => {
    const own = units.slice(first, next);
    const visible = own.filter(({ start, end }) => end > Math.max(start, taken));
    const start = Math.max(taken, visible[0]?.start ?? 0);
    const end = visible.at(-1)?.end ?? start;
    if (visible.length === 0) return [];
    taken = end;
    const score = own.reduce((sum, unit) => sum + unit.score, 0) / own.length;
    return [{ label, text: text.slice(start, end), start, end, score }];
  });
}
