import { type Classifier, throwIfAborted } from "@bifocal/contracts";
import type { ModelKind, OpenContext } from "../learner.js";
import { unfitting } from "../model-file.js";
import { createTextClassifier } from "../text-classifier.js";
import type { JointDensity } from "./joint-density.js";
import { logSum } from "./log-sum.js";
import { type BackoffNgrams, logProbabilitiesOf } from "./ngram-backoff.js";
import { readyToScore } from "./ngram-open-forest.js";
import { type NgramReading, openNgrams } from "./ngram-params.js";
import { logSpelling } from "./ngram-spelling.js";
import { unknownSymbol } from "./ngram-tree.js";

/** What the learner `ngram-classifier` learns: n-grams of each label over the same vocabulary. */
export interface NgramClassifierParams extends NgramReading {
  readonly kind: "ngram-classifier";
  readonly labels: readonly string[];
  /** ln p(label). */
  readonly logPriors: readonly number[];
}

/** A text as the models of all labels read it. */
interface Reading {
  readonly tokens: number;
  readonly units: readonly string[];
  readonly symbols: Uint32Array;
}

/**
 * Decides by p(label | text) ∝ p(label) · p(text | label), an n-gram model a label. Its density is of the text, as that of
 * `ngram` is: Σ over the labels.
 * @throws {BifocalError} `model-damaged` where the parts of the params do not fit each other.
 */
export function ngramClassifier(params: NgramClassifierParams, context: OpenContext): Classifier & JointDensity {
  const { labels, logPriors } = params;
  if (!hasLabels(params)) throw unfitting(context.card.id);
  const opened = openNgrams(params, labels.length, context.card.id);
  const models = opened.tables.map(readyToScore);
  const spelling = readyToScore(opened.spelling);
  const read = (text: string): Reading => {
    const { units, symbols } = opened.read(text);
    return { units, symbols, tokens: units.length };
  };
  /** Without how unknown units are spelled, which is the same for all labels. */
  const logits = ({ symbols }: Reading): Float64Array =>
    Float64Array.from(models, (model, label) => logPriors[label] + logLikelihood(model, symbols));
  const logJoint = (reading: Reading): Float64Array => {
    const spelled = reading.units.filter((_, i) => reading.symbols[i] === unknownSymbol);
    const log = spelled.reduce((sum, unit) => sum + logSpelling(spelling, unit), 0);
    return logits(reading).map((each) => each + log);
  };
  return {
    ...createTextClassifier(context, { labels, read, logits }),
    async logJoint(texts, { signal } = {}) {
      throwIfAborted(signal);
      return texts.map((text) => logJoint(read(text)));
    },
    async logProbability(texts, { signal } = {}) {
      throwIfAborted(signal);
      return texts.map((text) => {
        const reading = read(text);
        const logProbability = Math.min(0, logSum(logJoint(reading)));
        return { logProbability, tokens: reading.tokens + 1, bytes: Buffer.byteLength(text), over: "text" };
      });
    },
  };
}

export const ngramClassifierKind: ModelKind<NgramClassifierParams> = { version: 1, open: ngramClassifier };

function logLikelihood(model: BackoffNgrams, symbols: Uint32Array): number {
  return logProbabilitiesOf(model, symbols).reduce((sum, log) => sum + log, 0) * Math.LN10;
}

function hasLabels({ labels, logPriors }: NgramClassifierParams): boolean {
  return (
    Array.isArray(labels) &&
    Array.isArray(logPriors) &&
    labels.length > 1 &&
    labels.length === logPriors.length &&
    labels.every((label) => typeof label === "string") &&
    logPriors.every((log) => Number.isFinite(log) && log <= 0)
  );
}
