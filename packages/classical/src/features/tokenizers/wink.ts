import { createRequire } from "node:module";
import { forgetfulWink } from "../../lexical/forgetful-wink.js";
import { nextPiece, paragraphsOf } from "../../lexical/wink-pieces.js";
import { placeTokens, type Tokenizer } from "./tokenizer.js";

let tokensOf: ((piece: string) => string[]) | undefined;

/** wink-nlp's tokenizer: English contractions parted ("do" "n't"), abbreviations, numbers, links and emoticons whole. */
export const wink: Tokenizer = {
  name: "wink",
  about: "wink-nlp's: contractions parted, abbreviations, numbers, links and emoticons whole",
  tokenize(text, into) {
    tokensOf ??= loadWink();
    let count = 0;
    // Some of wink's rules take quadratic time in an unbroken run: it is given a paragraph or less at a time.
    for (const { start, end } of paragraphsOf(text)) {
      for (let at = start; at < end; ) {
        const piece = nextPiece(text, at, end);
        const part = text.slice(at, piece.end);
        count = placeTokens(part, tokensOf(part), into, { count, origin: at });
        at = piece.end;
      }
    }
    return count;
  },
};

/** Only the tokens are asked for: no sentences, no sentiment, no entities. */
function loadWink(): (piece: string) => string[] {
  const require = createRequire(import.meta.url);
  const start = require("wink-nlp") as typeof import("wink-nlp").default;
  const model = require("wink-eng-lite-web-model") as typeof import("wink-eng-lite-web-model").default;
  const read = forgetfulWink(start, model, []);
  return (piece) => read(piece, (document) => document.tokens().out());
}
