import { cpus } from "node:os";
import type { BuiltFolder, Recipe } from "../recipe.js";
import { measureEntities } from "./encoder-entities.js";
import { measureSentiment } from "./encoder-sentiment.js";
import { chosenStep, exportNetwork, hoursOf, readLog, type Training } from "./trained-network.js";

const pretrainedOn = [
  "rt-polarity",
  "subj",
  "rt-2k",
  "sentiment-labelled-sentences",
  "sms-spam",
  "banking77",
  "snips",
  "20newsgroups",
  "wnut17",
  "broad-twitter-corpus",
  "tatoeba-en-fr",
  "war-and-peace",
] as const;

/** The encoders are trained apart, by `encoder/pretrain.py` and `encoder/finetune.py`; recipes export, measure and describe them. */
export const encoderRecipes: readonly Recipe[] = [
  {
    id: "encoder-sentiment-en",
    dataSets: pretrainedOn,
    build: (dataFolder) =>
      build(dataFolder, {
        id: "encoder-sentiment-en",
        kind: "sentiment",
        task: "sentiment-analysis",
        dataSets: pretrainedOn,
        figure: "accuracy",
        by: "accuracy on fold 9 of rt-polarity",
        measure: measureSentiment,
        does: "Tells whether an English sentence of a film review is positive or negative",
        limits: [
          "It has no neutral: a sentence that judges nothing is called positive or negative all the same.",
          "It learned from sentences of film critics in lower case: words that praise a film may not praise a dishwasher.",
          "Comparison, irony and a negation further off escape it.",
        ],
      }),
  },
  {
    id: "encoder-entities-en",
    dataSets: [...pretrainedOn, "uner-en-ewt"],
    build: (dataFolder) =>
      build(dataFolder, {
        id: "encoder-entities-en",
        kind: "entities",
        task: "ner",
        dataSets: [...pretrainedOn, "uner-en-ewt"],
        figure: "f1",
        by: "F1 on uner-en-ewt dev, exact in pieces, which is stricter than in words",
        measure: measureEntities,
        does: "Marks persons (PER), places (LOC) and organisations (ORG) in English",
        limits: [
          "Rare names it cuts into pieces that it has seldom seen, and misses or mistakes many of them.",
          "It knows no lists of names, and no types beside the three.",
          "Where a text has no capitals it finds little.",
          "Part of its training data is a draft of the published annotations.",
        ],
      }),
  },
];

/** What is particular to one of the tasks that the encoder was taught. */
interface Plan {
  readonly id: string;
  readonly kind: "sentiment" | "entities";
  readonly task: "sentiment-analysis" | "ner";
  readonly dataSets: readonly string[];
  /** By which figure of the log the weights were chosen, and what that is in words. */
  readonly figure: "accuracy" | "f1";
  readonly by: string;
  readonly measure: (
    folder: string,
    dataFolder: string,
  ) => Promise<Pick<BuiltFolder, "measured" | "answers"> & { readonly verdict: string }>;
  readonly does: string;
  readonly limits: readonly string[];
}

/** What `export.py` says of the weights, and of those that the run began with. */
interface EncoderTraining extends Training {
  readonly accuracy?: number;
  readonly f1?: number;
  readonly pretraining: Pretraining;
}

interface Pretraining {
  readonly options: string;
  readonly step: number;
  readonly heldOutLoss: number;
  readonly heldOutAccuracy: number;
  readonly settings: { readonly rows: number; readonly length: number };
}

const files = ["config.json", "onnx/model_quantized.onnx", "tokenizer.json", "tokenizer_config.json"] as const;

async function build(dataFolder: string, plan: Plan): Promise<BuiltFolder> {
  const checkpoints = `.checkpoints/encoder-${plan.kind}`;
  const network = exportNetwork<EncoderTraining>("encoder", checkpoints);
  const { folder, training } = network;
  const { measured, answers, verdict } = await plan.measure(folder, dataFolder);
  return {
    card: {
      id: plan.id,
      task: plan.task,
      paradigm: "discriminative",
      family: "transformer encoder",
      languages: ["en"],
      trainedOn: [...plan.dataSets],
    },
    folder,
    files,
    trainedBy: trainedBy(plan.kind, training),
    measured,
    chosen: chosenStep(network, { figure: plan.figure, by: plan.by, score: training[plan.figure] ?? Number.NaN }),
    about: `${plan.does}, by a network that the project trained itself: ${shapeOf(training)} ${pretrainingOf(training.pretraining)} ${teachingOf(network)} ${verdict}`,
    limits: [...plan.limits, "It reads English only; other languages get an answer that means nothing."],
    answers,
  };
}

function trainedBy(kind: string, { options, pretraining }: EncoderTraining): string {
  const program = "python3 packages/models/training/encoder";
  const data = "--data ../shared/data";
  const task = options.includes("--task") ? "" : ` --task ${kind}`;
  return [`${program}/pretrain.py ${data} ${pretraining.options}`, `${program}/finetune.py${task} ${data} ${options}`]
    .map((command) => command.trim())
    .join(" && ");
}

function shapeOf({ parameters }: EncoderTraining): string {
  return `4 layers of width 256, ${(parameters / 1e6).toFixed(1)} million parameters in 8 bits, a vocabulary of 6,000 pieces.`;
}

function pretrainingOf({ step, settings, heldOutAccuracy }: Pretraining): string {
  const log = readLog(".checkpoints/encoder/log.jsonl").filter((line) => line.step <= step);
  const minutes = (60 * hoursOf(log)).toFixed(0);
  const read = (step * settings.rows * settings.length) / 1e6;
  return `It was pretrained on hidden words for ${step} steps (a schedule planned longer, and shortened on the way), ${read.toFixed(1)} million pieces, in ${minutes} minutes, which is very little; then it told ${(100 * heldOutAccuracy).toFixed(0)} % of the hidden pieces of texts that it had not seen.`;
}

function teachingOf({ training, log }: ReturnType<typeof exportNetwork<EncoderTraining>>): string {
  const minutes = (60 * hoursOf(log)).toFixed(0);
  return `Then it learned its task for ${training.step} steps of a schedule of ${training.settings.steps} (where it was changed on the way, the last one), products in ${training.settings.precision}, in ${minutes} minutes of one core, shared with other work, of ${cpus()[0]?.model.trim()}.`;
}
