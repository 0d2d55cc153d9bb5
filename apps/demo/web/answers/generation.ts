import type { Generation } from "bifocal";
import { element } from "../element.js";
import { segmentsOf } from "../segments.js";
import { passage } from "./passage.js";

/** A summary; where it was put together from sentences of the text, they are marked there. */
export function showSummary({ text: summary, sentences }: Generation, text: string): Node[] {
  if (sentences === undefined) return [passage("Summary", summary || "Nothing to summarize.")];
  if (sentences.length === 0) return [element("p", {}, "Nothing to summarize.")];
  const pieces = segmentsOf(text, sentences).map(({ text: piece, span }) =>
    span === undefined ? element("span", { class: "prompt" }, piece) : element("mark", {}, piece),
  );
  const count = sentences.length === 1 ? "One sentence" : `${sentences.length} sentences`;
  return [
    passage("The text with the sentences of its summary marked", ...pieces),
    element("p", { class: "legend" }, `${count}, ${summary.length} of ${text.length} characters.`),
  ];
}

/** The prompt, and what the model wrote after it. */
export function showContinuation({ text: written, finishReason }: Generation, text: string): Node[] {
  const continuation = element("mark", {}, written);
  const shown = passage("The text and its continuation", element("span", { class: "prompt" }, text), continuation);
  return finishReason === "empty" ? [element("p", {}, "The model wrote nothing.")] : [shown];
}

export function showTranslation({ text: translation }: Generation): Node[] {
  return [passage("Translation", translation || "Nothing to translate.")];
}
