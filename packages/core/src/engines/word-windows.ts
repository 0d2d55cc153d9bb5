/** Ids of one word, without special tokens; none for a word that the vocabulary drops (white space, NUL). */
export type WordTokens = readonly number[];

export interface WordWindow {
  readonly ids: readonly number[];
  /** Where in `ids` each word begins. */
  readonly firstTokens: readonly { readonly word: number; readonly token: number }[];
  /** Whether a word longer than the whole window lost its end. */
  readonly truncated: boolean;
}

/** Stretches of whole words, each at most `longest` tokens; words of no tokens are in none. */
export function cutIntoWindows(words: readonly WordTokens[], longest: number): WordWindow[] {
  const windows: { ids: number[]; firstTokens: { word: number; token: number }[]; truncated: boolean }[] = [];
  for (const [word, tokens] of words.entries()) {
    if (tokens.length === 0) continue;
    let window = windows.at(-1);
    if (window === undefined || window.ids.length + tokens.length > longest) {
      window = { ids: [], firstTokens: [], truncated: tokens.length > longest };
      windows.push(window);
    }
    window.firstTokens.push({ word, token: window.ids.length });
    window.ids.push(...tokens.slice(0, longest));
  }
  return windows;
}
