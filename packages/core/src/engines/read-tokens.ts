/** Ids of a text, with the special tokens around it. */
export type Encode = (text: string) => number[];

export interface ReadTokens {
  readonly ids: readonly number[];
  readonly truncated: boolean;
}

/** More than the text of a token takes, mostly: how much of a long text is looked at first. */
const charactersPerToken = 16;

/**
 * The ids of a text, at most so many, from its start or its end; special tokens around it stay.
 * Of a text far too long only the part that can matter is encoded: tokenizers take seconds for a megabyte.
 */
export function readTokens(encode: Encode, text: string, longest: number, keep: "start" | "end"): ReadTokens {
  for (let length = longest * charactersPerToken; ; length *= 4) {
    const whole = length >= text.length;
    const ids = encode(whole ? text : partOf(text, length, keep));
    if (ids.length > longest) return { ids: cut(ids, encode(""), longest, keep), truncated: true };
    if (whole) return { ids, truncated: false };
  }
}

/** A part of the text that does not begin or end inside a surrogate pair. */
function partOf(text: string, length: number, keep: "start" | "end"): string {
  const at = keep === "start" ? length : text.length - length;
  const inPair = /[\ud800-\udbff]/.test(text.charAt(at - 1)) && /[\udc00-\udfff]/.test(text.charAt(at));
  const boundary = inPair ? at - 1 : at;
  return keep === "start" ? text.slice(0, boundary) : text.slice(boundary);
}

function cut(ids: readonly number[], specials: readonly number[], longest: number, keep: "start" | "end"): number[] {
  if (keep === "start") {
    const closing =
      specials.length - specials.findLastIndex((id, i) => id !== ids[ids.length - specials.length + i]) - 1;
    return [...ids.slice(0, longest - closing), ...ids.slice(ids.length - closing)];
  }
  const differs = specials.findIndex((id, i) => id !== ids[i]);
  const opening = Math.min(differs < 0 ? specials.length : differs, longest - 1);
  return [...ids.slice(0, opening), ...ids.slice(ids.length - (longest - opening))];
}
