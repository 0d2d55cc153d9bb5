const word = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*|\p{So}/gu;

/**
 * The words and pictographs of a text, NFC and lower case. Apostrophes and hyphens part words, so that elisions give
 * their word away and accented letters stay: "Dell'amicizia, perché no?" is dell, amicizia, perché, no.
 */
export function wordsOf(text: string): string[] {
  return text.normalize("NFC").toLowerCase().match(word) ?? [];
}
