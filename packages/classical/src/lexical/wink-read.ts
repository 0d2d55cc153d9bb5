import { setImmediate } from "node:timers/promises";
import { type CallOptions, type Span, throwIfAborted } from "@bifocal/contracts";
import { loadWink, type WinkEngine, type WinkReading } from "./wink-engine.js";
import { nextPiece, type Piece, paragraphsOf } from "./wink-pieces.js";

export interface WinkEntity extends Span {
  readonly label: string;
}

/** A sentence of a text as given, and what wink found in it. */
export interface WinkSentence extends Span {
  /** From -1 to 1 by wink's lexicon, negation heeded. */
  readonly polarity: number;
  /** How many tokens wink read in it. */
  readonly tokens: number;
  readonly entities: readonly WinkEntity[];
}

/**
 * Reads a text of any length sentence by sentence, in time that grows with its length, giving way to other work and to
 * the signal between pieces. Every character but white space between sentences is in exactly one of them.
 * A paragraph's end ends a sentence; so does every 2,000th UTF-16 unit of a sentence, or 300th without white space.
 * @throws {BifocalError} `aborted`.
 */
export async function* readWithWink(text: string, { signal }: CallOptions = {}): AsyncGenerator<WinkSentence> {
  throwIfAborted(signal);
  const engine = await loadWink();
  for (const paragraph of paragraphsOf(text)) {
    for (let start = paragraph.start; start < paragraph.end; ) {
      await setImmediate();
      throwIfAborted(signal);
      const piece = nextPiece(text, start, paragraph.end);
      const { whole, next } = wholeSentences(piece, readPiece(engine, text, piece));
      yield* whole;
      start = next;
    }
  }
}

/** The sentences of a piece that surely end in it, and where reading goes on: at the sentence that may not. */
function wholeSentences(piece: Piece, sentences: WinkSentence[]): { whole: WinkSentence[]; next: number } {
  const last = sentences.at(-1);
  const isLong = last === undefined || last.start < (piece.start + piece.end) / 2;
  if (!piece.open || isLong) return { whole: sentences, next: piece.end };
  return { whole: sentences.slice(0, -1), next: last.start };
}

function readPiece(engine: WinkEngine, text: string, { start, end }: Piece): WinkSentence[] {
  const reading = engine(text.slice(start, end));
  const tokens = placeTokens(text, start, end, reading.tokens);
  const entities = placeEntities(text, tokens, reading);
  return reading.sentences.flatMap(({ first, last, polarity }, i) => {
    const from = i === 0 ? start : tokens[first].start;
    const next = reading.sentences[i + 1];
    const span = trimmedSpan(text, from, next === undefined ? end : tokens[next.first].start);
    if (span.text === "") return [];
    const inside = entities.filter((entity) => entity.start >= span.start && entity.end <= span.end);
    return [{ ...span, polarity, tokens: last - first + 1, entities: inside }];
  });
}

/** Where each token stands. Wink tells no offsets: a token that the text does not have takes no room. */
function placeTokens(text: string, start: number, end: number, tokens: readonly string[]): Omit<Span, "text">[] {
  const piece = text.slice(start, end);
  let at = 0;
  return tokens.map((token) => {
    const found = piece.indexOf(token, at);
    const from = found < 0 ? at : found;
    at = found < 0 ? at : found + token.length;
    return { start: start + from, end: start + at };
  });
}

function placeEntities(
  text: string,
  tokens: readonly Omit<Span, "text">[],
  { entities }: WinkReading,
): readonly WinkEntity[] {
  return entities.map(({ label, first, last }) => {
    const { start } = tokens[first];
    const { end } = tokens[last];
    return { label, text: text.slice(start, end), start, end };
  });
}

function trimmedSpan(text: string, from: number, to: number): Span {
  const untrimmed = text.slice(from, to);
  const start = from + untrimmed.length - untrimmed.trimStart().length;
  const trimmed = untrimmed.trim();
  return { text: trimmed, start, end: start + trimmed.length };
}
