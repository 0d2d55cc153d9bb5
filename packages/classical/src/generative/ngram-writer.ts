import { fingerprint, seededRandom } from "@bifocal/contracts";
import { endOfPiece, startOfPiece } from "../features/pieces.js";
import type { Writer } from "../text-writer.js";
import { distributionOf } from "./kneser-ney.js";
import { type OpenNgrams, readPieces, unknownSymbol } from "./ngram-params.js";
import { draw } from "./ngram-sampling.js";
import { endSymbol } from "./ngram-table.js";

const defaultMaxNewTokens = 60;

/** What was read and written so far, and the last piece of it; the next draw completes what is `unfinished`. */
interface Position {
  readonly history: readonly number[];
  readonly last: string;
  readonly unfinished: string;
  readonly mayEnd: boolean;
  /** Whether a quotation stands open, so that it may close. */
  readonly quoting: boolean;
}

const closing = /^[^“]*”/u;
const word = /[\p{L}\p{N}]/u;

/**
 * Draws from p(piece | pieces before it) among the pieces that may stand there: not the unknown one, nor one that
 * would run into the piece before, nor a closing ” where no “ is open. The last piece of a prompt may be unfinished
 * ("an unf"), so the first draw is among the pieces that begin with it, itself included, wherever there is one. It
 * writes one word at least, if it knows any: a prompt that ends a sentence often was the end of its text.
 */
export function ngramWriter(model: OpenNgrams): Writer {
  const weigh = weigher(model);
  const knowsWords = model.pieces.some((piece) => word.test(piece));
  return function* write(prompt, options) {
    const random = seededRandom((options.seed ?? 0) ^ fingerprint(prompt));
    const { history, last, unfinished } = positionAfter(model, prompt);
    const { maxNewTokens = defaultMaxNewTokens } = options;
    let start = unfinished;
    let quoting = isQuoting(prompt, false);
    let mayEnd = false;
    let after = last;
    let sum = 0;
    let unwritten = 0;
    for (let written = 0; written < maxNewTokens; ) {
      const { weights, total } = weigh({ history, last: after, unfinished: start, mayEnd, quoting });
      if (total === 0) return { finishReason: "empty", logProbability: 0 };
      const symbol = draw(weights, options, random);
      unwritten += Math.log(weights[symbol] / total);
      if (symbol === endSymbol) return { finishReason: "end", logProbability: sum + unwritten };
      history.push(symbol);
      after = model.pieces[symbol];
      const text = after.slice(start.length);
      start = "";
      if (text === "") continue;
      yield { text, logProbability: unwritten };
      sum += unwritten;
      unwritten = 0;
      written++;
      mayEnd ||= word.test(text) || !knowsWords;
      quoting = isQuoting(text, quoting);
    }
    return { finishReason: "length", logProbability: sum };
  };
}

function positionAfter(model: OpenNgrams, prompt: string): { history: number[]; last: string; unfinished: string } {
  const { pieces, symbols } = readPieces(model, prompt);
  const last = pieces.at(-1) ?? "";
  if (last === "" || !model.pieces.some((piece) => piece.startsWith(last))) {
    return { history: symbols, last, unfinished: "" };
  }
  return { history: symbols.slice(0, -1), last, unfinished: last };
}

/** Whether a quotation is open behind a text, given whether one was before it. */
function isQuoting(text: string, before: boolean): boolean {
  const last = Math.max(text.lastIndexOf("“"), text.lastIndexOf("”"));
  return last < 0 ? before : text[last] === "“";
}

function completes(piece: string, unfinished: string, quoting: boolean): boolean {
  return piece.startsWith(unfinished) && (quoting || !closing.test(piece.slice(unfinished.length)));
}

/** The function that weighs every symbol at a position, 0 where it may not stand; it writes into one array. */
function weigher({ pieces, text }: OpenNgrams): (position: Position) => { weights: Float64Array; total: number } {
  const starts = Int8Array.from(pieces, startOfPiece);
  const closes = Uint8Array.from(pieces, (piece) => Number(closing.test(piece)));
  const weights = new Float64Array(pieces.length);
  return ({ history, last, unfinished, mayEnd, quoting }) => {
    distributionOf(text, history, history.length, weights);
    weights[unknownSymbol] = 0;
    if (!mayEnd) weights[endSymbol] = 0;
    const edge = endOfPiece(last);
    let total = 0;
    for (let symbol = 0; symbol < weights.length; symbol++) {
      const follows = (edge < 0 || starts[symbol] !== edge) && (quoting || closes[symbol] === 0);
      if (unfinished === "" ? !follows : !completes(pieces[symbol], unfinished, quoting)) weights[symbol] = 0;
      total += weights[symbol];
    }
    return { weights, total };
  };
}
