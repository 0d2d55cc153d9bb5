import type { Span } from "@bifocal/contracts";
import { noTerms, termFinder } from "../features/found-terms.js";
import type { TextReading } from "../features/text-params.js";

/** The tokens that terms are made of, known or not, where they stand. */
export function tokenReader({ features }: TextReading): (text: string) => Span[] {
  let spans: Span[] = [];
  const find = termFinder(features, noTerms(), {
    begin() {},
    visit(text, offsets, index) {
      const [start, end] = [offsets[2 * index], offsets[2 * index + 1]];
      spans.push({ text: text.slice(start, end), start, end });
    },
  });
  return (text) => {
    spans = [];
    find(text);
    return spans;
  };
}
