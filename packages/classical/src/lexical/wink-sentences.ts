import type { CallOptions, Span } from "@bifocal/contracts";
import { readWithWink } from "./wink-read.js";

/**
 * The sentences of an English text, cut by wink-nlp, as they stand in the text, with offsets in UTF-16 units. What is
 * left out is white space between them. A blank line ends a sentence; one of over 2,000 units is cut at white space.
 * @throws {BifocalError} `aborted`.
 * @example await winkSentences("Hi!  Mr. Ng is here.") // "Hi!" 0-3, "Mr. Ng is here." 5-20
 */
export async function winkSentences(text: string, options?: CallOptions): Promise<Span[]> {
  const sentences: Span[] = [];
  for await (const { text: sentence, start, end } of readWithWink(text, options)) {
    sentences.push({ text: sentence, start, end });
  }
  return sentences;
}
