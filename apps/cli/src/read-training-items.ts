import {
  type LabelledItem,
  type LabelledOptions,
  readLabelledTexts,
  readSummarizedTexts,
  readTaggedSentences,
  readTexts,
} from "@bifocal/corpus";
import {
  BifocalError,
  type LabelledText,
  type Learner,
  labelOfTag,
  type PlainText,
  type SummarizedText,
  type TaggedSentence,
} from "bifocal";

/** What a learner may be trained on. */
export type TrainingItem = LabelledText | TaggedSentence | PlainText | SummarizedText;

type Read = (path: string, options: LabelledOptions) => AsyncIterable<LabelledItem | TrainingItem>;

const readers: Readonly<Record<Learner["reads"], Read>> = {
  "labelled-texts": readLabelledTexts,
  "tagged-sentences": readTaggedSentences,
  texts: readTexts,
  "summarized-texts": readSummarizedTexts,
};

/** What a file has to train on. */
export interface TrainingData {
  readonly items: readonly TrainingItem[];
  /** The fold of each item, where a field names it. */
  readonly foldOf?: readonly string[];
}

/**
 * Every item of a file, of the kind that a learner reads, without what else its records hold.
 * @throws {BifocalError} as reading does; `invalid-input` where a field is asked for that only labelled texts have.
 */
export async function readTrainingData(
  path: string,
  reads: Learner["reads"],
  options: LabelledOptions,
): Promise<TrainingData> {
  if (reads !== "labelled-texts" && (options.weightField ?? options.foldField) !== undefined)
    throw new BifocalError("invalid-input", "--weight-field and --fold-field are for learners of labelled texts.");
  const items: TrainingItem[] = [];
  const foldOf: string[] = [];
  for await (const item of readers[reads](path, options)) {
    items.push(bare(item));
    if ("fold" in item && item.fold !== undefined) foldOf.push(item.fold);
  }
  return { items, ...(options.foldField !== undefined && { foldOf }) };
}

/** A file of labelled texts that a thread reads for itself, one text after another. */
export interface TrainingFile {
  readonly path: string;
  readonly options: Omit<LabelledOptions, "signal" | "onBadRecord">;
  /** Leave out bad records, which whoever surveyed the file has told of. */
  readonly skipErrors: boolean;
}

/** What is known of a file after one reading that keeps few of its items. */
export interface TrainingSurvey {
  readonly items: number;
  readonly labels: readonly string[];
  /** Items from all over the file, evenly. */
  readonly sample: readonly TrainingItem[];
}

const sampleItems = 4000;
const sampleCharacters = 4_000_000;

/** Reads a file of labelled texts to its end, so that what is wrong with it is known before a training. */
export async function surveyTrainingFile(path: string, options: LabelledOptions): Promise<TrainingSurvey> {
  const labels = new Set<string>();
  let sample: LabelledText[] = [];
  let [items, step, characters] = [0, 1, 0];
  for await (const item of readLabelledTexts(path, options)) {
    labels.add(item.label);
    if (items++ % step !== 0) continue;
    sample.push({ text: item.text, label: item.label });
    characters += item.text.length;
    if (sample.length < sampleItems && characters < sampleCharacters) continue;
    sample = sample.filter((_, i) => i % 2 === 0);
    characters = sample.reduce((sum, { text }) => sum + text.length, 0);
    step *= 2;
  }
  return { items, labels: [...labels].sort(), sample };
}

/** The items of a file, one after another. */
export async function* streamTrainingFile({ path, options, skipErrors }: TrainingFile): AsyncIterable<TrainingItem> {
  const reading = { ...options, ...(skipErrors && { onBadRecord: () => {} }) };
  for await (const item of readLabelledTexts(path, reading)) yield bare(item);
}

/** The labels, or entity types, of items; none of plain texts. */
export function labelsOfItems(items: readonly TrainingItem[]): string[] {
  const labels = new Set<string>();
  for (const item of items) {
    if ("label" in item) labels.add(item.label);
    if ("tags" in item) for (const tag of item.tags) labels.add(labelOfTag(tag) ?? tag);
  }
  labels.delete("O");
  return [...labels].sort();
}

function bare(item: LabelledItem | TrainingItem): TrainingItem {
  if ("tokens" in item) return { tokens: item.tokens, tags: item.tags };
  if ("label" in item) {
    const { text, label, weight } = item;
    return { text, label, ...(weight !== undefined && { weight }) };
  }
  if ("summaries" in item) return { text: item.text, summaries: item.summaries };
  return { text: item.text };
}
