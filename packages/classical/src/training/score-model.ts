import {
  type AnyModel,
  BifocalError,
  type Classifier,
  hasDensity,
  spansOfTags,
  type Tagger,
  type TextGenerator,
} from "@bifocal/contracts";
import { overlapF1 } from "../extractive/word-overlap.js";
import type { LabelledText, PlainText, SummarizedText, TaggedSentence, TrainingItems } from "../learner.js";
import { wordsOf } from "../lexical/words.js";
import type { Scores } from "./metrics.js";

/** How often a label was right, stands in the gold data, and was predicted. */
interface Hits {
  hits: number;
  gold: number;
  predicted: number;
}

/**
 * A model's figures on items of the kind that it was trained on, by the definitions of `@bifocal/evaluation`:
 * macro-F1 over labels that occur or were predicted, log-loss clipped at 1e-15, F1 of entities by exact match.
 * ROUGE-1 is of a summary of one sentence against the best of those given, with words in any script, unstemmed. Weights
 * of items do not count.
 */
export function scoreModel(model: AnyModel, items: readonly TrainingItems[keyof TrainingItems][]): Promise<Scores> {
  if ("classify" in model) return scoreClassifier(model, items as readonly LabelledText[]);
  if ("tag" in model) return scoreTagger(model, items as readonly TaggedSentence[]);
  if (model.card.task === "summarization") return scoreSummarizer(model, items as readonly SummarizedText[]);
  return scoreWriter(model, items as readonly PlainText[]);
}

async function scoreClassifier(model: Classifier, items: readonly LabelledText[]): Promise<Scores> {
  const hits = new Map<string, Hits>();
  let correct = 0;
  let loss = 0;
  const results = await model.classify(items.map(({ text }) => text));
  for (const [i, { label, scores }] of results.entries()) {
    const gold = items[i].label;
    hitsOf(hits, gold).gold++;
    hitsOf(hits, label).predicted++;
    if (label === gold) hitsOf(hits, gold).hits++;
    correct += Number(label === gold);
    loss -= Math.log(clipped(scores.find((each) => each.label === gold)?.score ?? 0));
  }
  const byLabel = [...hits].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => f1Of(each));
  return {
    accuracy: correct / items.length,
    macroF1: byLabel.reduce((sum, f1) => sum + f1, 0) / byLabel.length,
    ...(model.scoreKind === "probability" && { logLoss: loss / items.length }),
  };
}

function clipped(probability: number): number {
  return Math.min(Math.max(probability, 1e-15), 1 - 1e-15);
}

function hitsOf(all: Map<string, Hits>, label: string): Hits {
  const known = all.get(label) ?? { hits: 0, gold: 0, predicted: 0 };
  all.set(label, known);
  return known;
}

function f1Of({ hits, gold, predicted }: Hits): number {
  return gold + predicted === 0 ? 0 : (2 * hits) / (gold + predicted);
}

async function scoreTagger(model: Tagger, items: readonly TaggedSentence[]): Promise<Scores> {
  const total: Hits = { hits: 0, gold: 0, predicted: 0 };
  let [right, tokens] = [0, 0];
  const taggings = await model.tagTokens(items.map(({ tokens }) => tokens));
  for (const [i, { tags }] of taggings.entries()) {
    const [gold, predicted] = [entitiesOf(items[i].tags), entitiesOf(tags)];
    right += tags.filter((tag, token) => tag === items[i].tags[token]).length;
    tokens += tags.length;
    const wanted = new Set(gold);
    total.gold += gold.length;
    total.predicted += predicted.length;
    total.hits += predicted.filter((entity) => wanted.has(entity)).length;
  }
  return { ...entityScores(total), ...(tokens > 0 && { tokenAccuracy: right / tokens }) };
}

/** None where there is no entity at all, neither gold nor predicted. */
function entityScores(total: Hits): Scores {
  const { hits, gold, predicted } = total;
  if (gold + predicted === 0) return {};
  return {
    precision: predicted === 0 ? 0 : hits / predicted,
    recall: gold === 0 ? 0 : hits / gold,
    f1: f1Of(total),
  };
}

function entitiesOf(tags: readonly string[]): string[] {
  return spansOfTags(tags).map(({ label, start, end }) => `${start} ${end} ${label}`);
}

async function scoreWriter(model: TextGenerator, items: readonly PlainText[]): Promise<Scores> {
  if (!hasDensity(model))
    throw new BifocalError("unsupported", `${model.card.id} does not say how likely a text is, so it has no score.`);
  const answers = await model.logProbability(items.map(({ text }) => text));
  const bytes = answers.reduce((sum, each) => sum + each.bytes, 0);
  const log = answers.reduce((sum, each) => sum + each.logProbability, 0);
  return bytes === 0 ? {} : { bitsPerByte: -log / bytes / Math.LN2 };
}

async function scoreSummarizer(model: TextGenerator, items: readonly SummarizedText[]): Promise<Scores> {
  const written = await model.generate(
    items.map(({ text }) => text),
    { sentences: 1 },
  );
  const scores = written.map(({ text }, i) => {
    const given = wordsOf(text);
    return Math.max(0, ...items[i].summaries.map((summary) => overlapF1(given, wordsOf(summary))));
  });
  return items.length === 0 ? {} : { rouge1: scores.reduce((sum, score) => sum + score, 0) / items.length };
}
