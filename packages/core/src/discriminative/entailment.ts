import {
  BifocalError,
  type Classification,
  type Classifier,
  type ModelCard,
  rankLabels,
  softmax,
  throwIfOver,
} from "@bifocal/contracts";
import type { PairScoringEngine, ScoredWindow } from "../engines/engine.js";
import { type LabelOptions, labelTexts } from "./label-texts.js";

/** How a model of entailment decides between labels that it was not trained on. */
export interface EntailmentOptions extends LabelOptions {
  /** What stands around a label's text, in place of `{}`. Default "This example is {}." */
  readonly template?: string;
  /**
   * Whether several labels may hold: each has a probability of its own then, of entailment against contradiction, and one
   * label is enough. Default false: one of them holds, and their probabilities are a softmax of how much each is entailed.
   */
  readonly multiLabel?: boolean;
}

/**
 * A zero-shot classifier by entailment (Yin et al. 2019): how much the text, as a premise, entails "This example is
 * sports.". As Python's `zero-shot-classification`. A text longer than the model's context is read in windows, whose
 * probabilities are averaged, each weighted by the part of the text that it answers for.
 * @throws {BifocalError} `wrong-task` where the model has no label that begins with "entail"; `invalid-input` for bad labels.
 */
export function createEntailmentClassifier(
  engine: PairScoringEngine,
  card: ModelCard,
  { multiLabel = false, ...options }: EntailmentOptions,
): Classifier {
  const { labels, texts: hypotheses } = labelTexts({ template: "This example is {}.", ...options }, multiLabel ? 1 : 2);
  const outcomes = outcomesOf(engine.labels, card.id);
  const decide = multiLabel ? eachAlone : oneOfAll;
  return {
    card,
    labels,
    scoreKind: multiLabel ? "probability-each" : "probability",
    async classify(texts, callOptions) {
      throwIfOver(callOptions);
      if (texts.length === 0) return [];
      const scored = await engine.scorePairs(texts, hypotheses, callOptions);
      return scored.map(({ windows, usage }): Classification => {
        const scores = weightedMean(
          windows,
          windows.map(({ logits }) => decide(logits, outcomes)),
        );
        return { ...rankLabels(labels, scores), model: card.id, usage };
      });
    },
    [Symbol.asyncDispose]: () => engine.close(),
  };
}

/** Places among a model's own labels. */
interface Outcomes {
  readonly entailment: number;
  readonly contradiction: number;
}

/** Whether a model says of two texts that one entails the other. */
export function knowsEntailment(labels: readonly string[]): boolean {
  return labels.some(isEntailment);
}

function isEntailment(label: string): boolean {
  return label.toLowerCase().startsWith("entail");
}

/** Of two labels the other one is the contradiction ("not_entailment"); of more, as in Python, else the first or last. */
function outcomesOf(labels: readonly string[], model: string): Outcomes {
  const entailment = labels.findIndex(isEntailment);
  if (entailment < 0)
    throw new BifocalError(
      "wrong-task",
      `${model} has no label that begins with "entail" (there are: ${labels.join(", ")}). Choose a model of entailment (NLI), or an embedder.`,
    );
  const named = labels.findIndex((label) => label.toLowerCase().startsWith("contra"));
  const contradiction = named >= 0 ? named : entailment === 0 ? labels.length - 1 : 0;
  return { entailment, contradiction };
}

function oneOfAll(logits: ScoredWindow["logits"], { entailment }: Outcomes): Float64Array {
  return softmax(logits.map((row) => row[entailment] as number));
}

function eachAlone(logits: ScoredWindow["logits"], { entailment, contradiction }: Outcomes): Float64Array {
  return Float64Array.from(logits, (row) => {
    const [, entailed] = softmax([row[contradiction] as number, row[entailment] as number]);
    return entailed as number;
  });
}

/** The mean of the windows' probabilities; an empty text has a single window of no weight. */
function weightedMean(windows: readonly ScoredWindow[], rows: readonly Float64Array[]): Float64Array {
  const [first = new Float64Array()] = rows;
  if (rows.length === 1) return first;
  const total = windows.reduce((sum, { weight }) => sum + weight, 0);
  return first.map((_, label) =>
    rows.reduce((sum, row, i) => sum + ((windows[i]?.weight ?? 0) / total) * (row[label] as number), 0),
  );
}
