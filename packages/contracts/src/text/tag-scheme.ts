/** A labelled run of tokens, end exclusive. */
export interface TokenSpan {
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The entities that IOB2 tags mark. Read as conlleval does: an `I-` that continues nothing of its type begins an entity.
 * A tag that is neither IOB2 nor `O`, a part of speech say, marks its token alone.
 * @example spansOfTags(["B-PER", "I-PER", "O", "B-LOC"]) // PER 0-2, LOC 3-4
 * @example spansOfTags(["PRON", "VERB"]) // PRON 0-1, VERB 1-2
 */
export function spansOfTags(tags: readonly string[]): TokenSpan[] {
  const spans: TokenSpan[] = [];
  let open: { label: string; start: number } | undefined;
  for (let i = 0; i <= tags.length; i++) {
    const tag = tags[i] ?? "O";
    const label = labelOfTag(tag) ?? (tag === "O" ? undefined : tag);
    if (open !== undefined && tag.startsWith("I-") && label === open.label) continue;
    if (open !== undefined) spans.push({ ...open, end: i });
    open = label === undefined ? undefined : { label, start: i };
  }
  return spans;
}

/** IOB2 tags of so many tokens; spans must not overlap. The inverse of `spansOfTags`. */
export function tagsOfSpans(length: number, spans: readonly TokenSpan[]): string[] {
  const tags = new Array<string>(length).fill("O");
  for (const { label, start, end } of spans) {
    tags.fill(`I-${label}`, start, end);
    tags[start] = `B-${label}`;
  }
  return tags;
}

/** The entity type of an IOB2 tag; none for `O`. */
export function labelOfTag(tag: string): string | undefined {
  return tag.startsWith("B-") || tag.startsWith("I-") ? tag.slice(2) : undefined;
}

/**
 * Whether a tag is one that is read here: `O`, IOB2, or of no scheme, such as `NOUN`. Not one of another scheme (`S-PER`,
 * `E-PER`, `U-PER`, `L-PER`), nor a `B-` or `I-` of no type.
 */
export function isTag(tag: string): boolean {
  return tag !== "" && (Boolean(labelOfTag(tag)) || !/^[BIESUL]-/.test(tag));
}
