import { type Density, type LogProbability, type TextGenerator, throwIfAborted } from "@bifocal/contracts";
import type { ModelKind, OpenContext } from "../learner.js";
import { createTextWriter, giveWay } from "../text-writer.js";
import { logProbabilitiesOf } from "./ngram-backoff.js";
import { readyToScore } from "./ngram-open-forest.js";
import { type NgramParams, type OpenNgrams, openNgrams } from "./ngram-params.js";
import { logSpelling } from "./ngram-spelling.js";
import { unknownSymbol } from "./ngram-tree.js";
import { ngramWriter } from "./ngram-writer.js";

/** How many texts go by before other work gets its turn, an abort among it. */
const turn = 64;

/**
 * An n-gram model of text. It continues a prompt, and says how likely a text is:
 * `ln p(text) = Σ ln p(unit | units before it) + ln p(end | units before it)`; for a unit that is not in the
 * vocabulary, `p(unit | h) = p(unknown | h) · Π p(byte | bytes before it) · p(end of spelling | bytes)`.
 * These add up to 1 over all sequences of units, or nearly so where they are rounded to bins. A text is scored as its unit
 * cuts it, and the little that falls on other ways to cut it is lost. Its tokens are the units and the end.
 *
 * `usage` counts the units of the prompt; of these the last `order - 1` are what it remembers.
 * @throws {BifocalError} `model-damaged` where the params do not fit together.
 */
export function ngram(params: NgramParams, context: OpenContext): TextGenerator & Density {
  const model = openNgrams(params, 1, context.card.id);
  let density: ((text: string) => LogProbability) | undefined;
  return {
    ...createTextWriter(context, ngramWriter(model), model.unit.split),
    async logProbability(texts, { signal } = {}) {
      throwIfAborted(signal);
      density ??= densityOf(model);
      const answers: LogProbability[] = [];
      for (const text of texts) {
        answers.push(density(text));
        if (answers.length % turn === 0) await giveWay({ signal });
      }
      return answers;
    },
  };
}

/** Version 1 was of absolute discounts. */
export const ngramKind: ModelKind<NgramParams> = { version: 2, open: ngram };

function densityOf({ tables, spelling: spellings, read }: OpenNgrams): (text: string) => LogProbability {
  const [model, spelling] = [readyToScore(tables[0]), readyToScore(spellings)];
  return (text) => {
    const { units, symbols } = read(text);
    const logs = logProbabilitiesOf(model, symbols);
    let logProbability = logs.reduce((sum, log) => sum + log, 0) * Math.LN10;
    for (let i = 0; i < units.length; i++)
      if (symbols[i] === unknownSymbol) logProbability += logSpelling(spelling, units[i]);
    return { logProbability, tokens: logs.length, bytes: Buffer.byteLength(text), over: "text" };
  };
}
