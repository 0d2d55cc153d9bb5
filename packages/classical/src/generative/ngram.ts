import { type Density, type LogProbability, type TextGenerator, throwIfAborted } from "@bifocal/contracts";
import { splitPieces } from "../features/pieces.js";
import type { ModelKind, OpenContext } from "../learner.js";
import { createTextWriter, giveWay } from "../text-writer.js";
import { probabilityOf } from "./kneser-ney.js";
import { encodeText, type NgramParams, type OpenNgrams, openNgrams, unknownSymbol } from "./ngram-params.js";
import { logSpelling } from "./ngram-spelling.js";
import { ngramWriter } from "./ngram-writer.js";

/** How many texts go by before other work gets its turn, an abort among it. */
const turn = 64;

/**
 * An n-gram model of text. It continues a prompt, and says how likely a text is:
 * `log p(text) = Σ log p(piece | pieces before it) + log p(end | pieces before it)`; for a piece that is not in the
 * vocabulary, `p(piece | h) = p(unknown | h) · Π p(byte | bytes before it) · p(end of spelling | bytes)`.
 * These add up to 1 over all sequences of pieces. A text is scored as `splitPieces` cuts it, and the little that falls
 * on other ways to cut it is lost, so a probability is never overstated. Its tokens are the pieces and the end.
 *
 * `usage` counts the pieces of the prompt; of these the last `order - 1` are what it remembers.
 * @throws {BifocalError} `model-damaged` where the params do not fit together.
 */
export function ngram(params: NgramParams, context: OpenContext): TextGenerator & Density {
  const model = openNgrams(params, context.card.id);
  return {
    ...createTextWriter(context, ngramWriter(model)),
    async logProbability(texts, { signal } = {}) {
      throwIfAborted(signal);
      const answers: LogProbability[] = [];
      for (const text of texts) {
        answers.push(densityOf(model, text));
        if (answers.length % turn === 0) await giveWay({ signal });
      }
      return answers;
    },
  };
}

export const ngramKind: ModelKind<NgramParams> = { version: 1, open: ngram };

function densityOf({ text: model, symbolOf, spelling }: OpenNgrams, text: string): LogProbability {
  const pieces = splitPieces(text);
  const symbols = encodeText(pieces, symbolOf);
  let logProbability = 0;
  for (let i = 1; i < symbols.length; i++) {
    logProbability += Math.log(probabilityOf(model, symbols, i, symbols[i]));
    if (symbols[i] === unknownSymbol) logProbability += logSpelling(spelling, pieces[i - 1]);
  }
  return { logProbability, tokens: symbols.length - 1, bytes: Buffer.byteLength(text), over: "text" };
}
