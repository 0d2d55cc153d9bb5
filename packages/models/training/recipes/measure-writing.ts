import { openModel, openModelFile, trainModel } from "@bifocal/classical";
import { type AnyModel, fingerprint, hasDensity, type LogProbability } from "@bifocal/contracts";
import { bootstrap, type Counts, densityMetrics, type PairedDifference, pairedBootstrap } from "@bifocal/evaluation";
import { type Chosen, readWeights } from "../../src/index.js";
import type { Measurement } from "../recipe.js";
import { chooseOn } from "./choose-settings.js";
import { openNetwork } from "./trained-network.js";

const { bitsPerByte, perplexity } = densityMetrics;
/** The most that are tried: each further order takes as much time and room again. */
const mostCharacters = 10;

/** The parts of a novel, in paragraphs. */
interface Novel {
  readonly train: readonly string[];
  readonly valid: readonly string[];
  readonly test: readonly string[];
}

/** A model that a writer is set beside, on the same paragraphs. */
export interface Beside {
  readonly model: string;
  readonly bitsPerByte: number;
  /** By how many bits per byte the writer is above it: below 0 where the writer is the better one. */
  readonly apart: PairedDifference;
}

/** Bits per byte of the 8-bit writer, beside itself in 32 bits, n-grams of characters, and the embedded n-gram model. */
export async function measureWriting(folder: string, { train, valid, test }: Novel, embedded: "ngram-prose-en") {
  const seen = new Set(train.map(fingerprint));
  const unseen = (texts: readonly string[]): string[] => texts.filter((text) => !seen.has(fingerprint(text)));
  const texts = unseen(test);
  const own = await answersOf(openNetwork("text-generation", folder, "q8"), texts);
  const characters = await characterModel(train, unseen(valid));
  const others = [
    { model: "in 32 bits", answers: await answersOf(openNetwork("text-generation", folder, "fp32"), texts) },
    {
      model: `n-grams of up to ${characters.chosen.settings.order} characters (of 5 to ${mostCharacters} the best on valid.txt)`,
      answers: await answersOf(openModel(characters.saved), texts),
    },
    { model: embedded, answers: await answersOf(openModelFile(await readWeights(embedded)), texts) },
  ];
  const on = `war-and-peace, test.txt in paragraphs, without front matter, headings and licence, less ${test.length - texts.length} seen in training`;
  const about = { on, items: texts.length, trainedOn: "war-and-peace, train.txt" };
  const beside = others.map(({ model, answers }) => besideOf(model, answers, own));
  const measured = beside.map(({ model, bitsPerByte: value }) => ({
    ...figureOf("bits per byte", bitsPerByte, own, about),
    baseline: { model: `${model}:`, value },
  }));
  return { measured: [...measured, figureOf("perplexity per piece", perplexity, own, about)], beside };
}

async function answersOf(opened: AnyModel | Promise<AnyModel>, texts: readonly string[]): Promise<LogProbability[]> {
  await using model = await opened;
  if (!hasDensity(model)) throw new Error(`${model.card.id} does not say how likely a text is`);
  return await model.logProbability(texts);
}

async function characterModel(train: readonly string[], valid: readonly string[]) {
  const [items, dev] = [train, valid].map((texts) => texts.map((text) => ({ text })));
  const settings = { unit: "characters" };
  const grid = { order: Array.from({ length: mostCharacters - 4 }, (_, i) => i + 5) };
  const by = "bits per byte on war-and-peace, valid.txt";
  const chosen: Chosen = await chooseOn("ngram", items ?? [], { grid, settings, dev: dev ?? [], by });
  const id = "characters";
  const options = {
    id,
    languages: ["en"],
    trainedOn: ["war-and-peace"],
    settings: { ...settings, ...chosen.settings },
  };
  return { chosen, saved: await trainModel("ngram", items ?? [], options) };
}

function besideOf(model: string, answers: readonly LogProbability[], own: readonly LogProbability[]): Beside {
  const [theirs, ours] = [answers, own].map((each) => each.map((answer) => bitsPerByte.count("", answer)));
  const apart = pairedBootstrap(bitsPerByte, theirs ?? [], ours ?? []);
  return { model, bitsPerByte: bootstrap(bitsPerByte, theirs ?? []).score, apart };
}

function figureOf(
  name: string,
  metric: typeof bitsPerByte,
  answers: readonly LogProbability[],
  about: Pick<Measurement, "on" | "items" | "trainedOn">,
): Measurement {
  const counts: Counts[] = answers.map((answer) => metric.count("", answer));
  const { score, low, high } = bootstrap(metric, counts);
  return { metric: name, signature: metric.signature, value: score, interval: [low, high], ...about };
}
