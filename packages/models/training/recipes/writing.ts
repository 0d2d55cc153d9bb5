import { cpus } from "node:os";
import { join } from "node:path";
import type { BuiltFolder, Recipe } from "../recipe.js";
import { type Beside, measureWriting } from "./measure-writing.js";
import { readNovel } from "./running-texts.js";
import {
  chosenStep,
  exportNetwork,
  hoursOf,
  openNetwork,
  type TrainedNetwork,
  type Training,
} from "./trained-network.js";

const id = "gpt2-prose-en";
const dataSet = "war-and-peace";
/** The writer of prose that this one is set beside. */
const beside = "ngram-prose-en";

/** The writer is trained apart, by `writing/train.py`; its recipe exports, measures and describes it. */
export const writingRecipes: readonly Recipe[] = [{ id, dataSets: [dataSet], build }];

const files = [
  "config.json",
  "generation_config.json",
  "onnx/model_quantized.onnx",
  "tokenizer.json",
  "tokenizer_config.json",
] as const;

/** What `export.py` says of the weights. */
interface WriterTraining extends Training {
  readonly bitsPerByte: number;
  readonly settings: Training["settings"] & {
    readonly rows: number;
    readonly seed: number;
    readonly shape: {
      readonly layers: number;
      readonly width: number;
      readonly positions: number;
      readonly vocabulary: number;
    };
  };
}

async function build(dataFolder: string): Promise<BuiltFolder> {
  const network = exportNetwork<WriterTraining>("writing");
  const { folder, training } = network;
  const novel = (part: string): string[] => readNovel(join(dataFolder, dataSet, `${part}.txt`));
  const parts = { train: novel("train"), valid: novel("valid"), test: novel("test") };
  const { measured, beside: others } = await measureWriting(folder, parts, beside);
  return {
    card: {
      id,
      task: "text-generation",
      paradigm: "generative",
      family: "transformer decoder (GPT-2's shape)",
      languages: ["en"],
      trainedOn: [dataSet],
    },
    folder,
    files,
    trainedBy:
      `python3 packages/models/training/writing/train.py --data ../shared/data/${dataSet} ${training.options}`.trim(),
    measured,
    chosen: chosenStep(network, {
      figure: "bitsPerByte",
      by: `bits per byte of the weights in 32 bits on ${dataSet}, valid.txt`,
      score: training.bitsPerByte,
    }),
    about: `${aboutOf(network)} ${others.map(comparison).join(" ")} ${defaultOf(others)}`,
    limits: limitsOf(training),
    answers: await answersOf(folder),
  };
}

function aboutOf({ training, log }: TrainedNetwork<WriterTraining>): string {
  const { step, parameters, settings } = training;
  const { layers, width, positions, vocabulary } = settings.shape;
  return `Writes English prose in the manner of War and Peace, a paragraph at a time, by a network: ${layers} layers of width ${width}, ${(parameters / 1e6).toFixed(2)} million parameters in 8 bits, ${vocabulary} byte pairs learned on the training part, ${positions} of them at once. It was trained from nothing by seed ${settings.seed} for ${step} steps ${step < settings.steps ? `(of a schedule of ${settings.steps}) ` : ""}of ${settings.rows * positions} pieces, products in ${settings.precision}, in ${hoursOf(log).toFixed(1)} hours, some of which other work took, of one core of ${cpus()[0]?.model.trim()}. Its bits per byte are exact: of all pieces of a paragraph after the token that stands before every text, and of its end; where a paragraph is longer than ${positions} pieces, it is read in windows of as many, each piece after ${positions / 2} or more.`;
}

function comparison({ model, bitsPerByte, apart }: Beside): string {
  const [difference, low, high] = [apart.difference, apart.low, apart.high].map((each) => each.toFixed(4));
  return `Bits per byte of it less those of ${model === "in 32 bits" ? "the same weights in 32 bits" : model} (${bitsPerByte.toFixed(4)}), on the same paragraphs: ${difference}, 95 % interval ${low} to ${high}.`;
}

/** The catalog's order follows from this; a test holds it to the cards. */
function defaultOf(others: readonly Beside[]): string {
  const better = others.some(({ model, apart }) => model === beside && apart.difference < 0);
  return better
    ? `It is the default writer of prose, since it has fewer bits per byte than ${beside}.`
    : `The default writer of prose is ${beside}, since it has fewer bits per byte: ask for this one by its name.`;
}

function limitsOf({ settings }: WriterTraining): string[] {
  return [
    `It sees ${settings.shape.positions} pieces at once, some 900 letters, its own among them: phrases hold together, stories do not.`,
    "It is small and knows one book: it invents words, loses who speaks, and turns in circles where it draws the likeliest.",
    "The names, the manners and the opinions are those of a Russian novel of 1869, of its nobles and soldiers more than of others, and of its men more than of its women.",
    "Of other times, other subjects and other languages it knows nothing, and goes on as if they were the novel.",
    "Three tenths of the novel's lines are held out, so what it read has gaps.",
    "It has no notion of truth: nothing that it writes is to be believed.",
  ];
}

/** In the manner of the novel, and of what the novel does not know. */
const prompts = [
  "Prince Andrew",
  "It was a dark night, and",
  "“My dear",
  "The website crashed because",
  "Le roi est mort",
];

async function answersOf(folder: string): Promise<(readonly [string, string])[]> {
  await using model = await openNetwork("text-generation", folder, "q8");
  const written = await model.generate(prompts, { maxNewTokens: 60, seed: 1 });
  return written.map(({ text }, i) => [prompts[i] ?? "", text]);
}
