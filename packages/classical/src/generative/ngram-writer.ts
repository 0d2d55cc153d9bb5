import { fingerprint, seededRandom } from "@bifocal/contracts";
import type { Writer } from "../text-writer.js";
import { distributionOf } from "./ngram-distribution.js";
import type { OpenNgrams } from "./ngram-params.js";
import { draw } from "./ngram-sampling.js";
import { endSymbol, startSymbol, unknownSymbol } from "./ngram-tree.js";

const defaultMaxNewTokens = 60;

/** What was read and written so far, and the last unit of it; the next draw completes what is `unfinished`. */
interface Position {
  readonly history: number[];
  readonly last: string;
  readonly unfinished: string;
}

/** What may stand at a position. */
interface Choice extends Position {
  readonly mayEnd: boolean;
  /** Whether a quotation stands open, so that it may close. */
  readonly quoting: boolean;
}

const closing = /^[^“]*”/u;
const word = /[\p{L}\p{N}]/u;

/**
 * Draws from p(unit | units before it) among the units that may stand there: not the unknown one, nor one that
 * would run into the unit before, nor a closing ” where no “ is open. The last unit of a prompt may be unfinished
 * ("an unf"), so the first draw is among the units that begin with it, itself included, wherever there is one. It
 * writes one word at least, if it knows any: a prompt that ends a sentence often was the end of its text.
 */
export function ngramWriter(model: OpenNgrams): Writer {
  const weigh = weigher(model);
  const knowsWords = model.units.some((unit) => word.test(unit));
  return function* write(prompt, options) {
    const random = seededRandom((options.seed ?? 0) ^ fingerprint(prompt));
    const { maxNewTokens = defaultMaxNewTokens } = options;
    const { history, ...start } = positionAfter(model, prompt);
    let { last, unfinished } = start;
    let quoting = isQuoting(prompt, false);
    let mayEnd = false;
    let sum = 0;
    let unwritten = 0;
    for (let written = 0; written < maxNewTokens; ) {
      const { weights, total } = weigh({ history, last, unfinished, mayEnd, quoting });
      if (total === 0) return { finishReason: "empty", logProbability: 0 };
      const symbol = draw(weights, options, random);
      unwritten += Math.log(weights[symbol] / total);
      if (symbol === endSymbol) return { finishReason: "end", logProbability: sum + unwritten };
      history.push(symbol);
      const text = model.unit.spell(model.units[symbol], last).slice(unfinished.length);
      last = model.units[symbol];
      unfinished = "";
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

function positionAfter({ read, unit, units: known }: OpenNgrams, prompt: string): Position {
  const { units, symbols } = read(prompt);
  const history = [startSymbol, ...symbols];
  const [before = "", last = ""] = [units.at(-2), units.at(-1)];
  const unfinished = unit.spell(last, before);
  if (last === "" || !known.some((each) => unit.spell(each, before).startsWith(unfinished)))
    return { history, last, unfinished: "" };
  return { history: history.slice(0, -1), last: before, unfinished };
}

/** Whether a quotation is open behind a text, given whether one was before it. */
function isQuoting(text: string, before: boolean): boolean {
  const last = Math.max(text.lastIndexOf("“"), text.lastIndexOf("”"));
  return last < 0 ? before : text[last] === "“";
}

/** The function that weighs every symbol at a position, 0 where it may not stand; it writes into one array. */
function weigher({ unit, units, tables }: OpenNgrams): (choice: Choice) => { weights: Float64Array; total: number } {
  const distribution = distributionOf(tables[0]);
  const starts = Int8Array.from(units, unit.startOf);
  const closes = Uint8Array.from(units, (each) => Number(closing.test(each)));
  const weights = new Float64Array(units.length);
  return ({ history, last, unfinished, mayEnd, quoting }) => {
    distribution(history, weights);
    weights[unknownSymbol] = 0;
    if (!mayEnd) weights[endSymbol] = 0;
    const edge = unit.endOf(last);
    const completes = (symbol: number): boolean => {
      const text = unit.spell(units[symbol], last);
      return text.startsWith(unfinished) && (quoting || !closing.test(text.slice(unfinished.length)));
    };
    let total = 0;
    for (let symbol = 0; symbol < weights.length; symbol++) {
      const follows = (edge < 0 || starts[symbol] !== edge) && (quoting || closes[symbol] === 0);
      if (unfinished === "" ? !follows : !completes(symbol)) weights[symbol] = 0;
      total += weights[symbol];
    }
    return { weights, total };
  };
}
