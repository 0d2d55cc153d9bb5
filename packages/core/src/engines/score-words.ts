import { labelsOf } from "../hub/model-config.js";
import type { ScoredWords } from "./engine.js";
import { type Frame, framed, frameLength, frameOf } from "./frame.js";
import type { Loaded } from "./loaded.js";
import type { Answer } from "./protocol.js";
import { readTokens } from "./read-tokens.js";
import { scoreRows } from "./score-texts.js";
import { cutIntoWindows, type WordTokens, type WordWindow } from "./word-windows.js";

/** Scores words by their first token; a sentence too long is read in windows, one after another. */
export function scoreWords(loaded: Loaded): Answer<"scoreWords"> {
  const frame = frameOf(loaded.tokenizer);
  const longest = loaded.context - frameLength(frame);
  const tokensOf = wordTokenizer(loaded, longest);
  const labels = labelsOf(loaded.config).length;
  return async (sentences, context) => {
    const cut = sentences.map((sentence) => cutIntoWindows(sentence.map(tokensOf), longest));
    const rows = cut.flat().map(({ ids }) => framed(frame, ids));
    const scored = (await scoreRows(loaded, rows, context))[Symbol.iterator]();
    return cut.map((windows, i) => {
      const words = new Array<Float32Array | undefined>(sentences[i]?.length ?? 0).fill(undefined);
      for (const window of windows) place(words, window, scored.next().value ?? new Float32Array(), labels, frame);
      return { logits: words, usage: usageOf(windows, frame) };
    });
  };
}

/**
 * Byte-level vocabularies spell a word after a space otherwise than alone; they were trained on words after spaces.
 * Of a word longer than a window one token more than fits is kept, so that the window knows.
 */
function wordTokenizer({ tokenizer }: Loaded, longest: number): (word: string) => WordTokens {
  const space = tokenizer.tokenize(" a").some((token) => token.startsWith("Ġ")) ? " " : "";
  const encode = (part: string): number[] => tokenizer.encode(part, { add_special_tokens: false });
  return (word) => readTokens(encode, space + word, longest + 1, "start").ids;
}

function place(
  words: (Float32Array | undefined)[],
  window: WordWindow,
  logits: Float32Array,
  labels: number,
  frame: Frame,
): void {
  for (const { word, token } of window.firstTokens) {
    const start = (frame.opening.length + token) * labels;
    words[word] = logits.slice(start, start + labels);
  }
}

function usageOf(windows: readonly WordWindow[], frame: Frame): ScoredWords["usage"] {
  const tokens = windows.reduce((sum, { ids }) => sum + ids.length + frameLength(frame), 0);
  const truncated = windows.some((window) => window.truncated);
  return { tokens, windows: Math.max(1, windows.length), truncated };
}
