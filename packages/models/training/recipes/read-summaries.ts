import { readSummarizedTexts } from "@bifocal/corpus";
import type { SummarizedText } from "@bifocal/evaluation";

/** Texts with their summaries, from a file of lines of JSON. */
export async function readSummaries(file: string): Promise<SummarizedText[]> {
  const items: SummarizedText[] = [];
  for await (const { text, summaries } of readSummarizedTexts(file)) items.push({ text, summaries });
  return items;
}
