import { labelOfTag, spansOfTags, tagsOfSpans } from "@bifocal/contracts";

/**
 * A model's own tag in IOB: BIOES and BILOU begin with S or U what is one word long, and end with E or L what is longer;
 * a bare type ("PER") is inside an entity.
 */
export function toIob(tag: string): string {
  if (tag === "O" || tag === "0" || tag === "") return "O";
  const [, prefix, label] = /^([BIESLU])[-_](.+)$/u.exec(tag) ?? [];
  if (prefix === undefined) return `I-${tag}`;
  return `${"BSU".includes(prefix) ? "B" : "I"}-${label}`;
}

/** IOB1, or what else `toIob` gives, as IOB2: every entity begins with B. */
export function toIob2(tags: readonly string[]): string[] {
  return tagsOfSpans(tags.length, spansOfTags(tags));
}

/** The entity types behind a model's tags, each once. */
export function entityTypes(tags: readonly string[]): string[] {
  return [...new Set(tags.flatMap((tag) => labelOfTag(toIob(tag)) ?? []))];
}
