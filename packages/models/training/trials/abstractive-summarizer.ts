import { cpus } from "node:os";
import { join } from "node:path";
import { lead, openModelFile, winkSentences } from "@bifocal/classical";
import type { TextGenerator } from "@bifocal/contracts";
import { type Figure, readWeights, type Tried } from "../../src/index.js";
import { choosingOne, measureSummaries, type Summarizer } from "../recipes/measure-summaries.js";
import { readSummaries } from "../recipes/read-summaries.js";
import { summaryExamples } from "../recipes/summary-examples.js";
import {
  chosenStep,
  exportNetwork,
  hoursOf,
  openNetwork,
  type TrainedNetwork,
  type Training,
} from "../recipes/trained-network.js";
import type { Trial } from "./trial.js";

const id = "abstractive-summarizer-en";
const dataSet = "scitldr";
const scorers = ["sentence-scorer-logistic-regression-en", "sentence-scorer-naive-bayes-en"] as const;
const options = { numBeams: 4, noRepeatNgramSize: 3, maxNewTokens: 48, overflow: "truncate" } as const;

/** It writes where the models that ship choose sentences; `summarization/train.py` trains it. */
export const abstractiveSummarizer: Trial = { id, measure };

interface SummarizerTraining extends Training {
  readonly rougeL: number;
  readonly settings: Training["settings"] & { readonly tokens: number; readonly shape: Shape };
}

interface Shape {
  readonly vocabulary: number;
  readonly width: number;
  readonly encoder_layers: number;
  readonly decoder_layers: number;
  readonly positions: number;
}

async function measure(dataFolder: string): Promise<Tried> {
  const network = exportNetwork<SummarizerTraining>("summarization");
  const test = await readSummaries(join(dataFolder, dataSet, "test.jsonl"));
  await using model = await openNetwork("summarization", network.folder, "q8");
  const measured = await measureSummaries({ id, model, options }, await inItsPlace(), test, {
    on: `${dataSet} test, beam ${options.numBeams}, no ${options.noRepeatNgramSize} pieces twice, at most ${options.maxNewTokens}, best reference`,
    trainedOn: `train split of ${dataSet}, without abstracts that stand in dev or test, too`,
  });
  return {
    id,
    about: `${aboutOf(network)} ${verdictOf(measured)}`,
    measured,
    chosen: chosenStep(network, {
      figure: "rougeL",
      by: `ROUGE-L (unstemmed, best reference) of greedy summaries of every fourth abstract of ${dataSet} dev`,
      score: network.training.rougeL,
    }),
    answers: await answersOf(model),
    recipe: `python3 packages/models/training/summarization/train.py --data ../shared/data/${dataSet}${spaced(network.training.options)} && npm run train -- ${id}`,
  };
}

async function answersOf(model: TextGenerator): Promise<Tried["answers"]> {
  const written = await model.generate(summaryExamples, options);
  return written.map(({ text }, i) => [summaryExamples[i] ?? "", text]);
}

function spaced(given: string): string {
  return given === "" ? "" : ` ${given}`;
}

/** What it would have to beat: the first sentence, and the scorers of sentences. */
async function inItsPlace(): Promise<Summarizer[]> {
  const opened = await Promise.all(scorers.map(async (name) => openModelFile(await readWeights(name))));
  return [lead(winkSentences), ...(opened as TextGenerator[])].map(choosingOne);
}

function aboutOf({ training, log }: TrainedNetwork<SummarizerTraining>): string {
  const { step, parameters, settings } = training;
  const { shape } = settings;
  return `A summarizer that writes: an encoder-decoder with ${shape.encoder_layers} + ${shape.decoder_layers} layers of width ${shape.width} and ${shape.vocabulary} pieces, ${(parameters / 1e6).toFixed(1)} million parameters, that reads the first ${shape.positions} pieces of a text. It was trained from nothing on the same abstracts, first to write sentences of theirs, at last to write their summaries, for ${step} steps (of a schedule of ${settings.steps}) of some ${settings.tokens} tokens a side, products in ${settings.precision}, in ${(60 * hoursOf(log)).toFixed(0)} minutes, most of which other work took, of one core of ${cpus()[0]?.model.trim()}. How that run went stands in \`packages/models/training/summarization/README.md\`.`;
}

/**
 * Why it is not shipped.
 * @throws where it is above all others by more than chance, since then it should be.
 */
function verdictOf(measured: readonly Figure[]): string {
  const compared = measured.filter(({ metric }) => metric.startsWith("ROUGE-L above "));
  const unbeaten = compared.filter(({ interval: [low] = [0] }) => low <= 0);
  if (unbeaten.length === 0)
    throw new Error(`${id} is above all that is in its place: give it a recipe, and ship it, instead of this trial.`);
  const names = unbeaten.map(({ baseline }) => baseline?.model).join(", ");
  return `By ROUGE-L it is not above ${names} by more than chance, so it is not shipped.`;
}
