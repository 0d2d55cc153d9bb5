import { createHash } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openModel, type SavedModel, trainModel } from "@bifocal/classical";
import { fingerprint, hasDensity } from "@bifocal/contracts";
import type { Built, Measurement, Recipe } from "../recipe.js";
import { chooseOn } from "./choose-settings.js";
import { readNovel, readSourceFiles, readSpeeches } from "./running-texts.js";

/** The models that write: one a style. */
export const textGenerationRecipes: readonly Recipe[] = [
  { id: "ngram-prose-en", dataSets: ["war-and-peace"], build: buildProse },
  { id: "ngram-verse-en", dataSets: ["tinyshakespeare"], build: buildVerse },
  { id: "ngram-typescript", dataSets: [], build: buildTypeScript },
];

const commonLimits = [
  "It has no notion of truth: nothing that it writes is to be believed.",
  "Words that it saw once are spelled by their letters when it scores a text, and never written.",
];

/** What a writer is made from: it learns from one part, another chooses its order, a third measures it. */
interface Style {
  readonly id: string;
  readonly trainedOn: readonly string[];
  readonly train: readonly string[];
  readonly dev: readonly string[];
  readonly test: readonly string[];
  /** The longest n-grams that are tried: each further order takes as much room again as all below it. */
  readonly mostPieces: number;
  /** How the card calls the parts. */
  readonly parts: { readonly train: string; readonly dev: string; readonly test: string };
}

async function buildProse(dataFolder: string): Promise<Built> {
  const novel = (part: string): string[] => readNovel(join(dataFolder, "war-and-peace", part));
  return {
    ...(await build({
      id: "ngram-prose-en",
      trainedOn: ["war-and-peace"],
      train: novel("train.txt"),
      dev: novel("valid.txt"),
      test: novel("test.txt"),
      mostPieces: 3,
      parts: {
        train: "war-and-peace, train.txt",
        dev: "war-and-peace, valid.txt",
        test: "war-and-peace, test.txt in paragraphs, without front matter, headings and licence",
      },
    })),
    about: "Writes English prose in the manner of War and Peace, a paragraph at a time.",
    limits: [
      "It remembers the last few words alone: phrases hold together, stories do not.",
      "The names, the manners and the opinions are those of a Russian novel of 1869.",
      "Three tenths of the novel's lines are held out, so what it read has gaps.",
      ...commonLimits,
    ],
    examples: ["Prince Andrew", "It was a dark night, and", "“My dear"],
  };
}

async function buildVerse(dataFolder: string): Promise<Built> {
  const speeches = readSpeeches(join(dataFolder, "tinyshakespeare/all.txt"));
  const part = (from: number, to: number): string[] =>
    speeches.slice(Math.floor(speeches.length * from), Math.floor(speeches.length * to));
  return {
    ...(await build({
      id: "ngram-verse-en",
      trainedOn: ["tinyshakespeare"],
      train: part(0, 0.9),
      dev: part(0.9, 0.95),
      test: part(0.95, 1),
      mostPieces: 4,
      parts: {
        train: "tinyshakespeare, the first 90 % of the speeches",
        dev: "tinyshakespeare, the 5 % of the speeches before the last 5 %",
        test: "tinyshakespeare, the last 5 % of the speeches",
      },
    })),
    about: "Writes a speech of a play in verse in the manner of Shakespeare: begin with a name and a colon.",
    limits: [
      "It remembers the last few words alone: phrases hold together, scenes do not; nothing scans or rhymes but by chance.",
      ...commonLimits,
    ],
    examples: ["ROMEO:\n", "KING RICHARD III:\nNow", "First Citizen:\nWe"],
  };
}

/** The project's own source changes, so the card says by a hash which state of it was read. */
async function buildTypeScript(): Promise<Built> {
  const files = readSourceFiles(fileURLToPath(new URL("../../../../", import.meta.url)));
  const tenth = (rest: (i: number) => boolean): string[] =>
    files.filter((_, i) => rest(i % 10)).map(({ text }) => text);
  const list = files.map(({ path, text }) => `${path}\0${text}\0`).join("");
  const hash = createHash("sha256").update(list).digest("hex").slice(0, 16);
  return {
    ...(await build({
      id: "ngram-typescript",
      trainedOn: ["bifocal's own source"],
      train: tenth((i) => i < 8),
      dev: tenth((i) => i === 8),
      test: tenth((i) => i === 9),
      mostPieces: 4,
      parts: {
        train: `eight of ten of the project's ${files.length} source files by path (all paths and texts: sha256 ${hash}…)`,
        dev: "the ninth of every ten files",
        test: "the tenth of every ten files",
      },
    })),
    about: "Writes TypeScript in the manner of this project.",
    limits: [
      "It remembers the last few pieces of text alone: it knows no scope and no type, and closes no bracket on purpose.",
      ...commonLimits,
    ],
    examples: ["import { ", "export function ", "  return "],
  };
}

/** Chooses the order on the dev part, and measures the model beside one of order 1, which knows frequencies alone. */
async function build({
  id,
  trainedOn,
  train,
  dev,
  test,
  mostPieces,
  parts,
}: Style): Promise<Pick<Built, "model" | "measured" | "chosen">> {
  const items = asItems(train);
  const known = new Set(train.map(fingerprint));
  const chosen = await chooseOn("ngram", items, {
    grid: { order: Array.from({ length: mostPieces }, (_, i) => i + 1) },
    dev: asItems(dev.filter((text) => !known.has(fingerprint(text)))),
    by: `bits per byte on ${parts.dev}`,
  });
  const options = { id, languages: ["en"], trainedOn };
  const model = await trainModel("ngram", items, { ...options, settings: chosen.settings });
  const simplest = await trainModel("ngram", items, { ...options, settings: { order: 1 } });
  const about = { on: parts.test, trainedOn: parts.train };
  const baselines = await measure(simplest, test, about);
  const measured = (await measure(model, test, about)).map((figure, i) => ({
    ...figure,
    baseline: { model: "order 1:", value: baselines[i]?.value ?? Number.NaN },
  }));
  return { model, measured, chosen };
}

function asItems(texts: readonly string[]): { text: string }[] {
  return texts.map((text) => ({ text }));
}

/**
 * Bits per byte of UTF-8 and perplexity per token, both with the end of each text, and with unknown words spelled; on
 * the texts that do not stand word for word among the training texts too, as short lines of dialogue do.
 */
async function measure(
  saved: SavedModel,
  texts: readonly string[],
  about: Pick<Measurement, "on" | "trainedOn">,
): Promise<Measurement[]> {
  const model = openModel(saved);
  if (!hasDensity(model)) throw new Error(`${saved.card.id} does not say how likely a text is`);
  const unseen = texts.filter((text) => !model.trainingTexts?.has(fingerprint(text)));
  const on = `${about.on}, less ${texts.length - unseen.length} seen in training`;
  let [log, tokens, bytes] = [0, 0, 0];
  for (const answer of await model.logProbability(unseen)) {
    log += answer.logProbability;
    tokens += answer.tokens;
    bytes += answer.bytes;
  }
  return [
    { metric: "bits per byte", value: -log / bytes / Math.LN2, items: unseen.length, ...about, on },
    { metric: "perplexity", value: Math.exp(-log / tokens), items: unseen.length, ...about, on },
  ];
}
