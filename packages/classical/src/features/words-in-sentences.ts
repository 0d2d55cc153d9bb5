import type { Span } from "@bifocal/contracts";
import { words } from "./words.js";

/** A sentence is cut here where it does not end before. */
const longestSentence = 500;

/**
 * The words of a text, sentence by sentence, for models whose work or memory grows with the sentence. A sentence ends
 * at a line break, at . ! ? before white space and a capital, and after 500 words. A coarse cut: it never splits a word.
 */
export function wordsInSentences(text: string): Span[][] {
  const sentences: Span[][] = [];
  let sentence: Span[] = [];
  let previous: Span | undefined;
  for (const word of words(text)) {
    if (previous !== undefined && (sentence.length === longestSentence || endsBetween(text, previous, word))) {
      sentences.push(sentence);
      sentence = [];
    }
    sentence.push(word);
    previous = word;
  }
  if (sentence.length > 0) sentences.push(sentence);
  return sentences;
}

function endsBetween(text: string, before: Span, after: Span): boolean {
  if (before.end === after.start) return false;
  if (/[\n\r\u2028\u2029]/u.test(text.slice(before.end, after.start))) return true;
  return /^[.!?…]+$/u.test(before.text) && /^\p{Lu}/u.test(after.text);
}
