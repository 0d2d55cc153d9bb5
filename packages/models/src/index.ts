import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { ModelCard } from "@bifocal/contracts";

/** The models that ship, in order of preference within a task and paradigm. */
export const embeddedModels = [
  "logistic-regression-sentiment-en",
  "naive-bayes-sentiment-en",
  "nbsvm-sentiment-en",
  "logistic-regression-topic-en",
  "naive-bayes-topic-en",
  "logistic-regression-review-en",
  "naive-bayes-review-en",
  "logistic-regression-spam-en",
  "naive-bayes-spam-en",
  "logistic-regression-intent-en",
  "naive-bayes-intent-en",
  "crf-entities-en-ewt",
  "crf-entities-en",
  "hmm-entities-en-ewt",
  "sentence-scorer-logistic-regression-en",
  "sentence-scorer-naive-bayes-en",
  "ngram-prose-en",
  "ngram-verse-en",
  "ngram-typescript",
  "m2m-translation-en-fr",
  "encoder-sentiment-en",
  "gpt2-prose-en",
  "encoder-entities-en",
] as const;

export type EmbeddedModel = (typeof embeddedModels)[number];

/** A figure of a card, as measured by its recipe. */
export interface Figure {
  /** What was measured: "accuracy", "macro-F1", "exact-match F1", "perplexity", "BLEU". */
  readonly metric: string;
  /** All that can change the number, where the metric has settings. */
  readonly signature?: string;
  /** Fractions from 0 to 1 for accuracies, F1, BLEU, chrF and ROUGE. */
  readonly value: number;
  /** The same figure of what stands beside the model: a rule, the simplest model of its kind, or the same in 32 bits. */
  readonly baseline?: { readonly model: string; readonly value: number };
  /** 95 % interval, where one is known. */
  readonly interval?: readonly [number, number];
  /** On what: "rt-polarity, ten folds as given, two labels". */
  readonly on: string;
  readonly items: number;
  /** What the measured model was trained on, and what was left out so that it saw no test text. */
  readonly trainedOn: string;
}

/** How settings were chosen: never on a test. */
export interface Chosen {
  readonly settings: Readonly<Record<string, number | boolean | string>>;
  /** What was tried of each. */
  readonly among: Readonly<Record<string, readonly (number | boolean | string)[]>>;
  /** By which figure, on what: "accuracy, five-fold cross-validation within the training data". */
  readonly by: string;
  /** That figure, of the chosen settings. */
  readonly score: number;
}

/** What was trained to stand in a model's place, and fell short of it. */
export interface Tried {
  readonly id: string;
  /** What it is, how it was trained, and why it is not shipped. */
  readonly about: string;
  readonly measured: readonly Figure[];
  readonly chosen: Chosen;
  /** Texts, and what it answered. */
  readonly answers: readonly (readonly [string, string])[];
  /** The command that trains and measures it again. */
  readonly recipe: string;
}

/** What a shipped model's `card.json` says beside the contract's card. */
export interface EmbeddedCard extends ModelCard {
  readonly about: string;
  /** Of a folder in the Hub's layout its files, in order; the others are one file, `model.bifocal`. */
  readonly files?: readonly string[];
  /** Of all files. */
  readonly bytes: number;
  /** Of the one file; of a folder, of the lines that `sha256sum` prints of its files in order. */
  readonly sha256: string;
  readonly measured: readonly Figure[];
  readonly chosen?: Chosen;
  /** What was tried in its place, and is not shipped. */
  readonly tried?: Tried;
  readonly limits: readonly string[];
  /** The command that makes the model and measures it again. */
  readonly recipe: string;
}

/** The card of a shipped model. */
export function readCard(id: string): EmbeddedCard {
  return JSON.parse(readFileSync(fileOf(id, "card.json"), "utf8")) as EmbeddedCard;
}

/** Where a shipped model's files are. */
export function folderOf(id: string): string {
  return fileURLToPath(new URL(`../${id}`, import.meta.url));
}

/** The bytes of a shipped model's file; of a folder in the Hub's layout there is no one file. */
export function readWeights(id: string): Promise<Uint8Array> {
  return readFile(fileOf(id, "model.bifocal"));
}

function fileOf(id: string, name: string): URL {
  return new URL(`../${id}/${name}`, import.meta.url);
}
