import type { Span } from "@bifocal/contracts";

/** Scripts that put no space between words: each character is a word of its own. */
const unspaced = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}`;
const letter = String.raw`(?:(?![${unspaced}])[\p{L}\p{M}\p{N}])`;
const word = new RegExp(String.raw`${letter}+(?:['’]${letter}+)*|[^\s\p{Cc}]`, "gu");

/**
 * The words of a text with their offsets: runs of letters and digits, apostrophes inside them included, and every other
 * visible character for itself. Entity models are trained on words cut so.
 * @example splitWords("Ada's here.").map(({ text }) => text) // ["Ada's", "here", "."]
 */
export function splitWords(text: string): Span[] {
  return Array.from(text.matchAll(word), (match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}
