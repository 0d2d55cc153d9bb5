import { type LabelledOptions, readLabelledTexts, readTaggedSentences, readTexts } from "@bifocal/corpus";
import { type LabelledText, type Learner, labelOfTag, type PlainText, type TaggedSentence } from "bifocal";

/** What a learner may be trained on. */
export type TrainingItem = LabelledText | TaggedSentence | PlainText;

type Read = (path: string, options: LabelledOptions) => AsyncIterable<TrainingItem>;

const readers: Readonly<Record<Learner["reads"], Read>> = {
  "labelled-texts": readLabelledTexts,
  "tagged-sentences": readTaggedSentences,
  texts: readTexts,
};

/** Every item of a file, of the kind that a learner reads, without what else its records hold. */
export async function readTrainingItems(
  path: string,
  reads: Learner["reads"],
  options: LabelledOptions,
): Promise<TrainingItem[]> {
  const items: TrainingItem[] = [];
  for await (const item of readers[reads](path, options)) items.push(bare(item));
  return items;
}

/** The labels, or entity types, of items; none of plain texts. */
export function labelsOfItems(items: readonly TrainingItem[]): string[] {
  const labels = new Set<string>();
  for (const item of items) {
    if ("label" in item) labels.add(item.label);
    if ("tags" in item) for (const tag of item.tags) labels.add(labelOfTag(tag) ?? "O");
  }
  labels.delete("O");
  return [...labels].sort();
}

function bare(item: TrainingItem): TrainingItem {
  if ("tokens" in item) return { tokens: item.tokens, tags: item.tags };
  if ("label" in item) return { text: item.text, label: item.label };
  return { text: item.text };
}
