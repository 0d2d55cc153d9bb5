import type { CallOptions } from "@bifocal/contracts";
import { readWithWink } from "./wink-read.js";

/** A text's polarity by wink-nlp's lexicon, from -1 to 1: the mean over its sentences; 0 where there is none. */
export async function winkPolarity(text: string, options: CallOptions): Promise<{ polarity: number; tokens: number }> {
  let [sum, count, tokens] = [0, 0, 0];
  for await (const sentence of readWithWink(text, options)) {
    sum += sentence.polarity;
    count += 1;
    tokens += sentence.tokens;
  }
  return { polarity: sum / Math.max(1, count), tokens };
}
