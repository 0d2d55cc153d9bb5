import type { ResultOf, Task, Usage } from "bifocal";
import { showClassification } from "./classification.js";
import { showContinuation, showSummary, showTranslation } from "./generation.js";
import { showTagging } from "./tagging.js";

type ShowAnswer<T extends Task> = (result: ResultOf<T>, text: string) => Node[];

const showers: { readonly [T in Task]: ShowAnswer<T> } = {
  "text-classification": showClassification,
  "sentiment-analysis": showClassification,
  ner: showTagging,
  summarization: showSummary,
  translation: showTranslation,
  "text-generation": showContinuation,
};

/** What a model said of a text, drawn. */
export function showAnswer<T extends Task>(task: T, result: ResultOf<T>, text: string): Node[] {
  return showers[task](result, text);
}

/** What a model read, in words: "12 tokens read in 2 windows". */
export function describeUsage({ tokens, windows, truncated }: Usage): string {
  const read = `${tokens.toLocaleString("en")} ${tokens === 1 ? "token" : "tokens"} read`;
  const pieces = windows > 1 ? ` in ${windows} windows` : "";
  return read + pieces + (truncated ? "; the end of the text was not read" : "");
}
