import type { Span } from "@bifocal/contracts";
import { terms } from "../features/terms.js";
import type { TextReading } from "../features/text-params.js";

/** The tokens that terms are made of, known or not, where they stand. */
export function tokenReader({ features }: TextReading): (text: string) => Span[] {
  return (text) =>
    terms(text, { ...features, ngrams: 1 }).terms.map(({ start, end }) => ({
      text: text.slice(start, end),
      start,
      end,
    }));
}
