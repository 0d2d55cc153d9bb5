import {
  type LabelledOptions,
  readLabelledTexts,
  readSummarizedTexts,
  readTaggedSentences,
  readTexts,
  readTranslatedTexts,
  type TextOptions,
} from "@bifocal/corpus";
import {
  type CompareOptions,
  type Comparison,
  compareClassifiers,
  compareDensities,
  compareSummarizers,
  compareTaggers,
  compareTranslators,
  type EvaluateOptions,
  type Evaluation,
  evaluateClassifier,
  evaluateDensity,
  evaluateSummarizer,
  evaluateTagger,
  evaluateTranslator,
  type Items,
  type NamedModel,
  type TranslatedText,
  type WritingOptions,
} from "@bifocal/evaluation";
import {
  type AnyModel,
  type Classifier,
  type Density,
  hasDensity,
  type LabelledText,
  type Learner,
  type PlainText,
  type SummarizedText,
  type TaggedSentence,
  type Tagger,
  type TextGenerator,
} from "bifocal";
import type { TrainingItem } from "./read-training-items.js";

/** What is done with the models of a task. */
export interface Instrument<M extends AnyModel, Item extends TrainingItem> {
  readonly fits: (model: AnyModel) => model is M;
  readonly read: (path: string, options: LabelledOptions) => AsyncIterable<Item>;
  /** What learners can be compared that learn from such items; absent where none does. */
  readonly reads?: Learner["reads"];
  readonly compare: (
    models: readonly NamedModel<M>[],
    items: Items<Item>,
    options: CompareOptions<Item> & WritingOptions,
  ) => Promise<Comparison>;
  readonly evaluate: (
    model: M,
    items: readonly Item[],
    options: EvaluateOptions & WritingOptions,
  ) => Promise<Evaluation>;
}

export const classifying: Instrument<Classifier, LabelledText> = {
  fits: (model) => "classify" in model,
  read: readLabelledTexts,
  reads: "labelled-texts",
  compare: compareClassifiers,
  evaluate: evaluateClassifier,
};

export const tagging: Instrument<Tagger, TaggedSentence> = {
  fits: (model) => "tag" in model,
  read: readTaggedSentences,
  reads: "tagged-sentences",
  compare: compareTaggers,
  evaluate: evaluateTagger,
};

export const summarizing: Instrument<TextGenerator, SummarizedText> = {
  fits: (model): model is TextGenerator => model.card.task === "summarization",
  read: readSummarizedTexts,
  reads: "summarized-texts",
  compare: compareSummarizers,
  evaluate: evaluateSummarizer,
};

export const translating: Instrument<TextGenerator, TranslatedText> = {
  fits: (model): model is TextGenerator => model.card.task === "translation",
  read: readTranslatedTexts,
  compare: compareTranslators,
  evaluate: evaluateTranslator,
};

/** Models that write on are compared by how likely they find what people wrote. */
export const foretelling: Instrument<TextGenerator & Density, PlainText> = {
  fits: (model): model is TextGenerator & Density => model.card.task === "text-generation" && hasDensity(model),
  read: readPlainTexts,
  reads: "texts",
  compare: compareDensities,
  evaluate: evaluateDensity,
};

async function* readPlainTexts(path: string, options: TextOptions) {
  for await (const { line, text } of readTexts(path, options)) yield { line, text };
}
