import { BifocalError, throwIfAborted } from "@bifocal/contracts";
import { type SparseDataset, sparseDataset } from "../features/sparse-dataset.js";
import type { Setting, Settings, SummarizedText, TrainingContext } from "../learner.js";
import { winkSentences } from "../lexical/wink-sentences.js";
import { wordsOf } from "../lexical/words.js";
import { type JudgedText, learnSentenceColumns } from "./learn-sentence-columns.js";
import { oracleSentences } from "./oracle-sentences.js";
import { rangeColumns, type SentenceColumns, sentenceRowReader } from "./sentence-columns.js";
import { readSentences } from "./sentence-features.js";

/** What both sentence scorers take: how texts become rows. */
export const sentenceSettings = {
  summarySentences: {
    type: "integer",
    min: 1,
    max: 1000,
    default: 3,
    about: "take the sentences most like the summary, at most so many, for what should be found",
  },
  ranges: {
    type: "integer",
    min: 1,
    max: 100,
    default: 8,
    about: "part the values of each feature into so many ranges",
  },
  cues: {
    type: "integer",
    min: 0,
    max: 1_000_000,
    default: 1000,
    about: "keep so many words and phrases, the most telling",
  },
  minimumSentences: { type: "integer", min: 1, max: 1000, default: 10, about: "a cue stands in so many sentences" },
} as const satisfies Record<string, Setting>;

/** Labels of rows; in order of code units, so that a row's score is that of the second. */
const labels = ["rest", "summary"] as const;

/** Rows of sentences, and what they were read by. */
export interface SentenceRows {
  readonly columns: SentenceColumns;
  /** A row a sentence; the second label is of those in a summary. */
  readonly data: SparseDataset;
}

/**
 * Cuts texts into sentences, finds which make each one's summary, and learns to read them.
 * @throws {BifocalError} `invalid-input` where no sentence, or every one, is in a summary; `aborted`.
 */
export async function learnSentenceRows(
  items: readonly SummarizedText[],
  settings: Settings,
  { signal }: Pick<TrainingContext, "signal">,
): Promise<SentenceRows> {
  const texts: JudgedText[] = [];
  for (const { text, summaries } of items) {
    throwIfAborted(signal);
    const read = readSentences(await winkSentences(text));
    const chosen = oracleSentences(read.words, summaries.map(wordsOf), settings.summarySentences as number);
    texts.push({ ...read, chosen });
  }
  checkChosen(texts);
  const { ranges, cues, minimumSentences } = settings as Record<keyof typeof sentenceSettings, number>;
  const columns = learnSentenceColumns(texts, { ranges, cues, minimumSentences });
  throwIfAborted(signal);
  return { columns, data: dataOf(texts, columns) };
}

function checkChosen(texts: readonly JudgedText[]): void {
  const chosen = texts.reduce((sum, text) => sum + text.chosen.size, 0);
  const all = texts.reduce((sum, text) => sum + text.words.length, 0);
  if (chosen > 0 && chosen < all) return;
  throw new BifocalError(
    "invalid-input",
    `A sentence scorer learns from sentences that are in a summary and from others; of ${all} sentences ${chosen} are. Give texts of several sentences, with summaries in their words.`,
  );
}

function dataOf(texts: readonly JudgedText[], columns: SentenceColumns): SparseDataset {
  const readRows = sentenceRowReader(columns);
  const rows = texts.flatMap((text) =>
    readRows(text).map((indices) => ({ indices, values: new Float32Array(indices.length).fill(1) })),
  );
  const judged = texts.flatMap(({ words, chosen }) => words.map((_, i) => ({ label: labels[Number(chosen.has(i))] })));
  return sparseDataset(rows, rangeColumns(columns) + columns.cues.length, judged);
}
