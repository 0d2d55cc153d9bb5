import type { PreTrainedTokenizer } from "@xenova/transformers";
import { addedTokenCutter } from "./added-tokens.js";
import { type MappedText, mapPart, rangeIn, sliceMapped } from "./mapped-text.js";
import { modelTokens, spellingOf } from "./model-tokens.js";
import { normalizeMapped, normalizerSteps } from "./normalize-mapped.js";
import { preTokenizeMapped } from "./pre-tokenize-mapped.js";
import { textChunks } from "./text-chunks.js";
import { partsOf } from "./tokenizer-parts.js";
import { beginsWord } from "./word-starts.js";

/** A token of a text, without the special tokens around it. */
export interface TextToken {
  readonly id: number;
  /**
   * Where it stands in the text, in UTF-16 units, end exclusive, without the white space around it: the same place for
   * each of several tokens inside one character, an empty one for a token of white space.
   */
  readonly start: number;
  readonly end: number;
  /** Whether a word begins with it. */
  readonly begins: boolean;
}

/** A token while nothing is known of its neighbours. */
export interface PlacedToken extends Omit<TextToken, "begins"> {
  /** The piece of the text that it was made of, counted from 0; of no other token, where it was added to the vocabulary. */
  readonly piece: number;
  readonly goesOn: boolean;
}

/** The tokens of a text, in order; starts and ends never go back. Long texts take time in proportion. */
export type FindTokens = (text: string) => TextToken[];

/**
 * Follows a text through a tokenizer step by step (normalizer, pieces, vocabulary), which the library beneath does
 * without telling where its tokens stand; their ids are the library's.
 */
export function tokenFinder(tokenizer: PreTrainedTokenizer): FindTokens {
  const place = tokenPlacer(tokenizer);
  const space = spaceAtStart(tokenizer);
  const wordsByVocabulary = spellingOf(partsOf(tokenizer).model).prefix !== "";
  return (text) => {
    const tokens = textChunks(text, space).flatMap(({ start, end }) => place(text, start, end));
    const begins = beginsWord(text, tokens, wordsByVocabulary);
    return tokens.map(({ id, start, end }, i) => ({ id, start, end, begins: begins[i] as boolean }));
  };
}

/** What becomes of a space where a text is cut before it: it stays, unless the tokenizer writes one before every text. */
export function spaceAtStart(tokenizer: PreTrainedTokenizer): "keep" | "drop" {
  const [whole, ...parts] = ["a b", "a", " b"].map((text) => tokenizer.tokenize(text).join("\n"));
  return whole === parts.join("\n") ? "keep" : "drop";
}

function tokenPlacer(tokenizer: PreTrainedTokenizer) {
  const parts = partsOf(tokenizer);
  const steps = normalizerSteps(parts.normalizer, tokenizer.config);
  const spelling = spellingOf(parts.model);
  const cutFirst = addedTokenCutter(parts, "as-given");
  const cutNormalized = addedTokenCutter(parts, "normalized");
  let pieces = 0;

  function placed(text: string, piece: MappedText, found: { id: number; from: number; to: number; goesOn: boolean }) {
    const [start, end] = visiblePart(text, rangeIn(piece, found.from, found.to));
    return { id: found.id, start, end, piece: pieces, goesOn: found.goesOn };
  }

  function* tokensOf(text: string, part: MappedText, section: number): Generator<PlacedToken> {
    for (const piece of preTokenizeMapped(parts.pre_tokenizer, part, section)) {
      pieces++;
      for (const token of modelTokens(spelling, piece.text)) yield placed(text, piece, token);
    }
  }

  function* sectionTokens(text: string, section: MappedText, number: number): Generator<PlacedToken> {
    const normal = normalizeMapped(steps, section);
    if (normal.text === "") return;
    for (const { start, end, id } of cutNormalized(normal.text)) {
      const part = sliceMapped(normal, start, end);
      if (id === undefined) yield* tokensOf(text, part, number);
      else yield placed(text, part, { id, from: 0, to: part.text.length, goesOn: false });
    }
  }

  return (text: string, from: number, to: number): PlacedToken[] => {
    const tokens: PlacedToken[] = [];
    for (const [number, { start, end, id }] of cutFirst(text.slice(from, to)).entries()) {
      const section = mapPart(text, from + start, from + end);
      if (id === undefined) tokens.push(...sectionTokens(text, section, number));
      else tokens.push({ id, start: from + start, end: from + end, piece: ++pieces, goesOn: false });
    }
    return ascending(tokens);
  };
}

function visiblePart(text: string, [start, end]: readonly [number, number]): [number, number] {
  const part = text.slice(start, end);
  const from = start + part.length - part.trimStart().length;
  return [from, Math.max(from, start + part.trimEnd().length)];
}

/** Where marks changed their order, a token begins and ends no earlier than the one before it. */
function ascending(tokens: readonly PlacedToken[]): PlacedToken[] {
  let [last, furthest] = [0, 0];
  return tokens.map((token) => {
    last = Math.max(last, token.start);
    furthest = Math.max(furthest, token.end, last);
    return { ...token, start: last, end: furthest };
  });
}
