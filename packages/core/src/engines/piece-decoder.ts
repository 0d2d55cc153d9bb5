/** Turns ids into text as they come, and never inside a character. */
export interface PieceDecoder {
  /** What one more id adds to the text: nothing while a character is not whole. */
  push(id: number): string;
  /** What is left at the end: a character that never became whole. */
  rest(): string;
}

/** How many ids before the text are decoded with it: enough for a decoder to place spaces as in the whole text. */
export const contextIds = 5;

/**
 * Decodes only from the last piece on, as text-generation-inference does, so that a long text takes linear time:
 * what an id adds is the difference between two decodings that begin at the same id.
 */
export function createPieceDecoder(decode: (ids: number[]) => string, before: readonly number[]): PieceDecoder {
  let ids = before.slice(-contextIds);
  let told = ids.length;
  const added = (): string => decode(ids).slice(told === 0 ? 0 : decode(ids.slice(0, told)).length);
  return {
    push(id) {
      ids.push(id);
      const piece = added();
      if (piece === "" || piece.endsWith("\ufffd")) return "";
      ids = ids.slice(told);
      told = ids.length;
      return piece;
    },
    rest: () => (ids.length > told ? added() : ""),
  };
}
