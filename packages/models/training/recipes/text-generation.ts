import { createHash } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openModel, type SavedModel, type TrainOptions, trainModel } from "@bifocal/classical";
import { fingerprint, hasDensity } from "@bifocal/contracts";
import type { Built, Measurement, Recipe } from "../recipe.js";
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

async function buildProse(dataFolder: string): Promise<Built> {
  const novel = (part: string): string[] => readNovel(join(dataFolder, "war-and-peace", part));
  const model = await train(novel("train.txt"), {
    id: "ngram-prose-en",
    languages: ["en"],
    trainedOn: ["war-and-peace"],
  });
  return {
    model,
    measured: await measure(model, novel("test.txt"), {
      on: "war-and-peace, test.txt in paragraphs, without front matter, headings and licence",
      trainedOn: "war-and-peace, train.txt",
    }),
    about: "Writes English prose in the manner of War and Peace, a paragraph at a time, from trigrams.",
    limits: [
      "It remembers two pieces of text: phrases hold together, stories do not.",
      "The names, the manners and the opinions are those of a Russian novel of 1869.",
      "Three tenths of the novel's lines are held out, so what it read has gaps.",
      ...commonLimits,
    ],
    examples: ["Prince Andrew", "It was a dark night, and", "“My dear"],
  };
}

async function buildVerse(dataFolder: string): Promise<Built> {
  const speeches = readSpeeches(join(dataFolder, "tinyshakespeare/all.txt"));
  const trained = speeches.slice(0, Math.floor(speeches.length * 0.9));
  const model = await train(trained, { id: "ngram-verse-en", languages: ["en"], trainedOn: ["tinyshakespeare"] });
  return {
    model,
    measured: await measure(model, speeches.slice(Math.floor(speeches.length * 0.95)), {
      on: "tinyshakespeare, the last 5 % of the speeches",
      trainedOn: "tinyshakespeare, the first 90 % of the speeches",
    }),
    about:
      "Writes a speech of a play in verse in the manner of Shakespeare, from trigrams: begin with a name and a colon.",
    limits: [
      "It remembers two pieces of text: phrases hold together, scenes do not; nothing scans or rhymes but by chance.",
      ...commonLimits,
    ],
    examples: ["ROMEO:\n", "KING RICHARD III:\nNow", "First Citizen:\nWe"],
  };
}

/** The project's own source changes, so the card says by a hash which state of it was read. */
async function buildTypeScript(): Promise<Built> {
  const files = readSourceFiles(fileURLToPath(new URL("../../../../", import.meta.url)));
  const heldOut = files.filter((_, i) => i % 10 === 9).map(({ text }) => text);
  const trained = files.filter((_, i) => i % 10 !== 9).map(({ text }) => text);
  const options = {
    id: "ngram-typescript",
    languages: ["en"],
    trainedOn: ["bifocal's own source"],
    settings: { order: 4 },
  };
  const model = await train(trained, options);
  const list = files.map(({ path, text }) => `${path}\0${text}\0`).join("");
  const hash = createHash("sha256").update(list).digest("hex").slice(0, 16);
  return {
    model,
    measured: await measure(model, heldOut, {
      on: `every tenth of the project's ${files.length} source files by path`,
      trainedOn: `the other ${trained.length} files (all paths and texts: sha256 ${hash}…)`,
    }),
    about: "Writes TypeScript in the manner of this project, from 4-grams.",
    limits: [
      "It remembers three pieces of text: it knows no scope and no type, and closes no bracket on purpose.",
      ...commonLimits,
    ],
    examples: ["import { ", "export function ", "  return "],
  };
}

function train(texts: readonly string[], options: TrainOptions): Promise<SavedModel> {
  const items = texts.map((text) => ({ text }));
  return trainModel("ngram", items, options);
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
