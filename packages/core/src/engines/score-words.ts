import { labelsOf } from "../hub/model-config.js";
import type { ScoredWords } from "./engine.js";
import type { Loaded } from "./loaded.js";
import type { Answer } from "./protocol.js";
import { readTokens } from "./read-tokens.js";
import { scoreRows } from "./score-texts.js";
import { cutIntoWindows, type WordTokens, type WordWindow } from "./word-windows.js";

/** Special tokens around every window: [CLS] and [SEP], say. */
interface Frame {
  readonly opening: readonly number[];
  readonly closing: readonly number[];
}

/** Scores words by their first token; a sentence too long is read in windows, one after another. */
export function scoreWords(loaded: Loaded): Answer<"scoreWords"> {
  const frame = frameOf(loaded);
  const longest = loaded.context - frame.opening.length - frame.closing.length;
  const tokensOf = wordTokenizer(loaded, longest);
  const labels = labelsOf(loaded.config).length;
  return async (sentences, context) => {
    const cut = sentences.map((sentence) => cutIntoWindows(sentence.map(tokensOf), longest));
    const rows = cut.flat().map(({ ids }) => [...frame.opening, ...ids, ...frame.closing]);
    const scored = (await scoreRows(loaded, rows, context))[Symbol.iterator]();
    return cut.map((windows, i) => {
      const words = new Array<Float32Array | undefined>(sentences[i]?.length ?? 0).fill(undefined);
      for (const window of windows) place(words, window, scored.next().value ?? new Float32Array(), labels, frame);
      return { logits: words, usage: usageOf(windows, frame) };
    });
  };
}

function frameOf({ tokenizer }: Loaded): Frame {
  const specials = tokenizer.encode("");
  const opens = specials.length > 1 || (specials.length === 1 && specials[0] !== tokenizer.eos_token_id) ? 1 : 0;
  return { opening: specials.slice(0, opens), closing: specials.slice(opens) };
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
  const around = frame.opening.length + frame.closing.length;
  const tokens = windows.reduce((sum, { ids }) => sum + ids.length + around, 0);
  const truncated = windows.some((window) => window.truncated);
  return { tokens, windows: Math.max(1, windows.length), truncated };
}
