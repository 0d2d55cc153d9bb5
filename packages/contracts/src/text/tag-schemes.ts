import { type TokenSpan, tagsOfSpans } from "./tag-scheme.js";

/** The ways of marking entities by a tag a token (Ramshaw & Marcus 1995; Tjong Kim Sang & Veenstra 1999; Ratinov & Roth 2009). */
export const tagSchemes = ["IOB1", "IOB2", "IOE1", "IOE2", "IOBES", "BILOU"] as const;

export type TagScheme = (typeof tagSchemes)[number];

/** What stands before the type of an entity's first and last token, and of its only one; `I-` before any other. */
interface Marks {
  readonly first: string;
  readonly last: string;
  readonly single: string;
  /** Written only where two entities of one type touch; elsewhere `I-` says enough. */
  readonly onlyWhereTouching?: true;
}

const marksOf = {
  IOB1: { first: "B", last: "I", single: "B", onlyWhereTouching: true },
  IOB2: { first: "B", last: "I", single: "B" },
  IOE1: { first: "I", last: "E", single: "E", onlyWhereTouching: true },
  IOE2: { first: "I", last: "E", single: "E" },
  IOBES: { first: "B", last: "E", single: "S" },
  BILOU: { first: "B", last: "L", single: "U" },
} as const satisfies Record<TagScheme, Marks>;

/**
 * The scheme of a model's tags, by the prefixes among them. Tags alone do not tell IOB1 from IOB2, nor IOE1 from IOE2,
 * and need not: `spansInScheme` reads both the same way.
 * @example schemeOfTags(["O", "B-PER", "I-PER", "E-PER", "S-PER"]) // "IOBES"
 */
export function schemeOfTags(tags: readonly string[]): TagScheme {
  const prefixes = new Set(tags.map((tag) => /^([BIESLU])[-_]./u.exec(tag)?.[1]));
  if (prefixes.has("U") || prefixes.has("L")) return "BILOU";
  if (prefixes.has("S") || (prefixes.has("E") && prefixes.has("B"))) return "IOBES";
  if (prefixes.has("E")) return "IOE2";
  return prefixes.has("I") && !prefixes.has("B") ? "IOB1" : "IOB2";
}

/** A tag as its scheme reads it: a type without a prefix ("PER") is inside an entity. None for a tag outside. */
function readTag(tag: string, scheme: TagScheme): { prefix: string; label: string } | undefined {
  if (tag === "O" || tag === "0" || tag === "") return undefined;
  const [, prefix, label] = /^([A-Z])[-_](.+)$/su.exec(tag) ?? [];
  const { first, last, single } = marksOf[scheme];
  const known = prefix !== undefined && ["I", first, last, single].includes(prefix);
  return known ? { prefix, label: label as string } : { prefix: "I", label: tag };
}

/** The type of entity that a tag marks; none for `O`. */
export function labelInScheme(tag: string, scheme: TagScheme): string | undefined {
  return readTag(tag, scheme)?.label;
}

/**
 * The entities that tags mark, read as conlleval and seqeval do: what a tagger wrote against its scheme still counts, an
 * entity ends where its type does.
 * @example spansInScheme(["B-PER", "E-PER", "S-PER"], "IOBES") // PER 0-2, PER 2-3
 */
export function spansInScheme(tags: readonly string[], scheme: TagScheme): TokenSpan[] {
  const spans: TokenSpan[] = [];
  let open: { label: string; start: number } | undefined;
  for (let i = 0; i <= tags.length; i++) {
    const read = readTag(tags[i] ?? "O", scheme);
    const goesOn = open !== undefined && read?.label === open.label && !"BSU".includes(read.prefix);
    if (open !== undefined && !goesOn) spans.push({ ...open, end: i });
    if (!goesOn) open = read && { label: read.label, start: i };
    if (read === undefined || !"ELSU".includes(read.prefix) || open === undefined) continue;
    spans.push({ ...open, end: i + 1 });
    open = undefined;
  }
  return spans;
}

/** Tags of so many tokens; spans must be in order and not overlap. The inverse of `spansInScheme`. */
export function tagsInScheme(length: number, spans: readonly TokenSpan[], scheme: TagScheme): string[] {
  const { first, last, single, ...marks } = marksOf[scheme];
  const tags = tagsOfSpans(length, spans);
  for (const [i, { label, start, end }] of spans.entries()) {
    const before = touches(spans[i - 1], spans[i]);
    const after = touches(spans[i], spans[i + 1]);
    const may = !("onlyWhereTouching" in marks) || (first === "B" ? before : after);
    const mark = (prefix: string): string => `${may ? prefix : "I"}-${label}`;
    tags[start] = mark(first);
    tags[end - 1] = mark(end - start === 1 ? single : last);
  }
  return tags;
}

function touches(before: TokenSpan | undefined, after: TokenSpan | undefined): boolean {
  return before !== undefined && after !== undefined && before.end === after.start && before.label === after.label;
}

/**
 * Tags of one scheme, in another.
 * @example convertTags(["I-PER", "I-PER", "O"], "IOB1", "IOBES") // ["B-PER", "E-PER", "O"]
 */
export function convertTags(tags: readonly string[], from: TagScheme, to: TagScheme): string[] {
  return tagsInScheme(tags.length, spansInScheme(tags, from), to);
}
