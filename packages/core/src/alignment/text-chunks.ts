/** A stretch of a text, end exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** How many UTF-16 units a tokenizer is given at once: some of them take time that grows faster than a text. */
export const longestChunk = 4096;

/** Where a cut changes no tokens, the best places first: before a single space, before a line, after a full stop without spaces. */
const places = [
  /(?<=\S) (?=\S)/gu,
  /(?<=\S)(?=[\r\n]+)/gu,
  /(?<=[。！？，、．])(?=\S)/gu,
  /(?<=[^\u200d])(?=[^\p{M}\u200d])/gu,
];

/**
 * Cuts a long text into stretches that can be tokenized one by one, in one pass. Where it can it cuts before a space, which
 * begins a word anyway; only words of thousands of characters are cut themselves.
 * @param space what becomes of that space: some vocabularies put one before every text and would have two
 */
export function textChunks(text: string, space: "keep" | "drop"): Stretch[] {
  const chunks: Stretch[] = [];
  let start = 0;
  while (text.length - start > longestChunk) {
    const end = start + cutIn(text.slice(start, start + longestChunk + 1));
    chunks.push({ start, end });
    start = space === "drop" && text[end] === " " ? end + 1 : end;
  }
  return [...chunks, { start, end: text.length }];
}

function cutIn(part: string): number {
  const half = part.length >> 1;
  for (const place of places) {
    const at = Array.from(part.slice(half).matchAll(place)).at(-1)?.index ?? 0;
    if (at > 0) return half + at;
  }
  return part.length - 1;
}
