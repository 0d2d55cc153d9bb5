import { chainData } from "../discriminative/chain-data.js";
import { type Examples, encodeExamples } from "../discriminative/crf-examples.js";
import { dataAndShape } from "../discriminative/crf-likelihood.js";
import { mostTags } from "../discriminative/crf-params.js";
import { cuesOf } from "../extractive/sentence-features.js";
import { learnRows } from "../features/learn-rows.js";
import { textLearning } from "../features/text-settings.js";
import { type TextUnitName, textUnits } from "../features/text-units.js";
import { commonWordsOf } from "../features/token-features-common-words.js";
import { templatesWith } from "../features/token-templates.js";
import type { LabelledText, Learner, Settings, TaggedSentence, TrainingItems } from "../learner.js";
import { textOfItem } from "../learners.js";
import { wordsOf } from "../lexical/words.js";
import { giveBack } from "../machine-code/array-room.js";

type Items = readonly TrainingItems[keyof TrainingItems][];

/** Of how many items those at hand are a sample; the others are read when they are trained on, and none is kept. */
export interface SampledItems {
  readonly items: number;
  /** How many labels they have, where they have labels. */
  readonly labels: number;
}

/** What a training needs at its peak, told from a sample of its items: the order of magnitude, not the byte. */
export interface MemoryEstimate {
  /** Distinct features, n-grams or terms, before any are left out. */
  readonly features: number;
  /** Of the items as JavaScript holds them, once. */
  readonly itemBytes: number;
  /** Of what is learned, and what is needed to learn it. */
  readonly trainingBytes: number;
}

const sampleSize = 1000;
const sampleCharacters = 1_000_000;
const bytesPerItem = 120;
/** A term while terms are counted: its text, its place in the table, its count. */
const bytesPerTerm = 60;
/** A unit of an n-gram model: a JavaScript text in two maps; and its node in the tree of each label. */
const bytesPerUnit = 150;
const bytesPerUnigram = 20;
/** The weights of a tagger, what their mean lacks, and the mean. */
const bytesPerTaggerWeight = 24;
/** The feature of a token: its hash, sorted to be counted, and its number. */
const bytesPerTokenFeature = 24;
/** Of a likelihood, which has these numbers in one array, too. */
const bytesPerNumber = 4;

/** How many of something there are: in half of a sample, in all of it, and so in all items. */
interface Growth {
  readonly distinct: number;
  readonly total: number;
}

/**
 * Estimates what a training would need, from a sample of at most a thousand items. Distinct features grow as a power of the
 * items (Heaps 1978), which the two halves of the sample tell; all else in proportion.
 */
export function estimateMemory(
  learner: Learner,
  items: Items,
  settings: Settings,
  sampleOf?: SampledItems,
): MemoryEstimate {
  const sample = everyNth(items, sampleStep(items));
  const bytesOfSample = sample.reduce((sum, item) => sum + sizeOf(item), 0);
  const itemBytes = sampleOf === undefined ? (items.length / Math.max(1, sample.length)) * bytesOfSample : 0;
  const all = sampleOf ?? { items: items.length, labels: labelsIn(items) };
  const estimate = "unit" in settings ? estimateNgrams : estimates[learner.reads];
  const { features, bytes } = estimate(learner, all, sample, settings);
  return { features: Math.round(features), itemBytes: Math.round(itemBytes), trainingBytes: Math.round(bytes) };
}

function labelsIn(items: Items): number {
  return new Set(items.map((item) => ("label" in item ? item.label : ""))).size;
}

/** A thousand items, or fewer where they are long: the estimate should take no time to speak of. */
function sampleStep(items: Items): number {
  const characters = items.reduce((sum, item) => sum + lengthOf(item), 0);
  return Math.ceil(Math.max(1, items.length / sampleSize, characters / sampleCharacters));
}

function lengthOf(item: TrainingItems[keyof TrainingItems]): number {
  return "text" in item ? item.text.length : 8 * item.tokens.length;
}

type Estimate = (
  learner: Learner,
  all: SampledItems,
  sample: Items,
  settings: Settings,
) => { readonly features: number; readonly bytes: number };

const estimates: Readonly<Record<keyof TrainingItems, Estimate>> = {
  "labelled-texts": ({ bytesPerWeight = () => 4 }, { items, labels }, sample, settings) => {
    const { distinct, total } = extrapolated(items, sample, (part) => countTerms(part as LabelledText[], settings));
    const kept = Math.min(distinct, settings.maximumFeatures as number, hashed(settings));
    const weights = kept * (labels === 2 ? 1 : labels);
    return {
      features: distinct,
      bytes: distinct * bytesPerTerm + total * 12 + weights * bytesPerWeight(settings, labels),
    };
  },
  "tagged-sentences": ({ bytesPerWeight = () => bytesPerTaggerWeight }, { items }, sample, settings) => {
    const minimumCount = (settings.minimumCount as number | undefined) ?? 1;
    // A learner without templates reads words alone.
    const there = { cluster: Number(settings.clusters ?? 0) > 0, names: (settings.names ?? "") !== "" };
    const templates = templatesWith((settings.templates as string | undefined) ?? "word[0]", there);
    const sentences = sample as readonly TaggedSentence[];
    const tags = [...new Set(sentences.flatMap((sentence) => sentence.tags))].slice(0, mostTags);
    const encoded = (part: Items) => {
      const its = part as TaggedSentence[];
      return encodeExamples(its, tags, { templates, known: { commonWords: commonWordsOf(its) }, minimumCount });
    };
    const { distinct, total } = extrapolated(items, sample, (part) => {
      const { features, examples } = encoded(part);
      return { distinct: features.length, total: examples.reduce((sum, { gold }) => sum + gold.length, 0) };
    });
    const { perToken, perFeature } = weighsSeenTags(settings)
      ? ofSeenTags(encoded(sample), tags.length)
      : { perToken: 0, perFeature: tags.length };
    return {
      features: distinct,
      bytes:
        total * (templates.length * bytesPerTokenFeature + perToken) +
        distinct * perFeature * bytesPerWeight(settings, tags.length),
    };
  },
  texts: (...given) => estimateNgrams(...given),
  "summarized-texts": (_, { items }, sample) => {
    const { distinct, total } = extrapolated(items, sample, (part) => {
      const cues = part.flatMap((item) => [...cuesOf(wordsOf(textOfItem(item)))]);
      return { distinct: new Set(cues).size, total: cues.length };
    });
    return { features: distinct, bytes: (distinct + total) * bytesPerTerm };
  },
};

/** Whether a feature has weights for the tags that it was seen with alone, as of likelihoods. */
function weighsSeenTags({ algorithm, l2 }: Settings): boolean {
  return l2 !== undefined && algorithm !== "perceptron";
}

/**
 * Where features weigh the tags that they were seen with: how many weights one has; and the bytes in which a token's features are
 * laid out for the gradient, each with all of its weights, so that common features count most.
 */
function ofSeenTags({ features, examples }: Examples, tags: number): { perFeature: number; perToken: number } {
  const { data, shape } = dataAndShape(examples, features.length, tags);
  const { rows, pairs, offsets, memory } = chainData(data, shape);
  const bytes = bytesPerNumber * data.features.length + rows.byteLength + pairs.byteLength + offsets.byteLength;
  giveBack(memory);
  return {
    perFeature: shape.pairTags.length / Math.max(1, features.length),
    perToken: bytes / Math.max(1, data.gold.length),
  };
}

/** Models of n-grams, and of pieces alone: each place of the texts, sorted, may be a node of the tree at every length. */
const estimateNgrams: Estimate = (_, { items, labels }, sample, { unit = "pieces", order = 1 }) => {
  const { split } = textUnits[unit as TextUnitName] ?? textUnits.pieces;
  const { distinct, total } = extrapolated(items, sample, (part) => countUnits(part, split));
  return {
    features: distinct,
    bytes: distinct * (bytesPerUnit + labels * bytesPerUnigram) + total * (60 + 30 * (order as number)),
  };
};

function hashed({ hashBits }: Settings): number {
  return typeof hashBits === "number" && hashBits > 0 ? 2 ** hashBits : Number.POSITIVE_INFINITY;
}

/** Every term counts, rare ones too: they are held until they are known to be rare. Hashed ones are not held. */
function countTerms(sample: readonly LabelledText[], settings: Settings): Growth {
  const isHashed = Number.isFinite(hashed(settings));
  const everything = { ...settings, ...(!isHashed && { minimumDocuments: 1, maximumFeatures: 10_000_000 }) };
  // Two labels and a word there must be, wherever the sample was cut.
  const labelled = ["a", "a", ...sample.map(({ text }) => text)].map((text, i) => ({ text, label: `${i % 2}` }));
  const { data } = learnRows(labelled, textLearning(everything));
  return { distinct: data.columns, total: data.indices.length };
}

function countUnits(sample: Items, split: (text: string) => string[]): Growth {
  const units = sample.flatMap((item) => split(textOfItem(item)));
  return { distinct: new Set(units).size, total: units.length };
}

function extrapolated(items: number, sample: Items, count: (part: Items) => Growth): Growth {
  if (sample.length < 2) return count(sample);
  const [half, whole] = [count(everyNth(sample, 2)), count(sample)];
  const power = Math.min(1, Math.max(0, Math.log2(whole.distinct / Math.max(1, half.distinct))));
  const times = items / sample.length;
  return { distinct: whole.distinct * times ** power, total: whole.total * times };
}

function everyNth(items: Items, n: number): Items {
  return items.filter((_, i) => i % n === 0);
}

/** Latin letters take a byte, texts with any other character two bytes a character. */
function sizeOf(item: TrainingItems[keyof TrainingItems]): number {
  const text = textOfItem(item);
  const tokens = "tokens" in item ? item.tokens.length : 0;
  return bytesPerItem + tokens * 48 + text.length * (/[\u0100-\uffff]/.test(text) ? 2 : 1);
}
