import { type TextUnitName, textUnits } from "../features/text-units.js";
import type { Setting, Settings } from "../learner.js";
import type { BackoffNgrams } from "./ngram-backoff.js";
import { parseCutoffs } from "./ngram-cutoffs.js";
import { pruneByEntropy } from "./ngram-entropy.js";
import { estimateNgrams } from "./ngram-estimate.js";
import { tallyNgrams } from "./ngram-tally.js";

/** The settings of every learner of n-grams. */
export const ngramSettings = {
  unit: { type: "string", choices: Object.keys(textUnits), default: "pieces", about: "what texts are read as" },
  order: { type: "integer", min: 1, max: 10, default: 3, about: "how many units an n-gram has at most" },
  minimumCount: { type: "integer", min: 1, max: 1000, default: 2, about: "how often a unit must occur to be known" },
  cutoffs: {
    type: "string",
    default: "0",
    about: "leave out n-grams seen so often or less, by length from 1 on, the last for all longer: 0 0 1",
  },
  entropyThreshold: {
    type: "number",
    min: 0,
    max: 1,
    default: 0,
    about: "leave out n-grams that change the perplexity by a smaller share: 1e-7; 0 keeps all",
  },
  bits: {
    type: "integer",
    min: 0,
    max: 16,
    default: 8,
    about: "bits for each probability and each backoff of n-grams of two and more; 0 keeps them as they are",
  },
} as const satisfies Readonly<Record<string, Setting>>;

export function unitOf({ unit }: Settings): TextUnitName {
  return unit as TextUnitName;
}

/** What learns n-grams of sequences of symbols by the settings. @throws {BifocalError} `invalid-input` */
export function ngramTrainer(
  settings: Settings,
): (sequences: Iterable<ArrayLike<number>>, symbols: number, afterPass?: () => void) => BackoffNgrams {
  const cutoffs = parseCutoffs(settings.cutoffs as string);
  const threshold = settings.entropyThreshold as number;
  return (sequences, symbols, afterPass) => {
    const tally = tallyNgrams(sequences, { symbols, order: settings.order as number, afterPass });
    const model = estimateNgrams(tally, cutoffs.some((each) => each > 0) ? cutoffs : undefined);
    return threshold > 0 ? pruneByEntropy(model, threshold) : model;
  };
}
