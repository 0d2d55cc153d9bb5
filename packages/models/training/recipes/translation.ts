import { cpus } from "node:os";
import { join } from "node:path";
import type { BuiltFolder, Recipe } from "../recipe.js";
import { measureTranslation } from "./measure-translation.js";
import { chosenStep, exportNetwork, hoursOf, type TrainedNetwork, type Training } from "./trained-network.js";

const id = "m2m-translation-en-fr";
const dataSet = "tatoeba-en-fr";

/** The translator is trained apart, by `translation/train.py`; its recipe exports, measures and describes it. */
export const translationRecipes: readonly Recipe[] = [{ id, dataSets: [dataSet], build }];

const files = [
  "config.json",
  "generation_config.json",
  "onnx/decoder_model_merged_quantized.onnx",
  "onnx/encoder_model_quantized.onnx",
  "tokenizer.json",
  "tokenizer_config.json",
] as const;

/** What `export.py` says of the weights. */
interface TranslatorTraining extends Training {
  readonly bleu: number;
  readonly settings: Training["settings"] & { readonly tokens: number };
  readonly startedFrom: Edition | null;
}

/** The shipped weights that a run went on from. */
interface Edition {
  readonly id: string;
  readonly sha256: string;
  readonly recipe: string;
}

async function build(dataFolder: string): Promise<BuiltFolder> {
  const network = exportNetwork<TranslatorTraining>("translation");
  const { folder, training } = network;
  const trainedOn = `${dataSet} train, without pairs of which a side stands in dev or test`;
  const { measured, answers } = await measureTranslation(folder, join(dataFolder, dataSet, "test.tsv"), trainedOn);
  return {
    card: {
      id,
      task: "translation",
      paradigm: "discriminative",
      family: "transformer encoder-decoder (M2M100's shape)",
      languages: ["en", "fr"],
      trainedOn: [dataSet],
    },
    folder,
    files,
    trainedBy: trainedBy(training),
    measured,
    chosen: chosenStep(network, {
      figure: "bleu",
      by: `the mean BLEU of both directions, greedy, on ${dataSet} dev`,
      score: training.bleu / 100,
    }),
    about: aboutOf(network),
    limits,
    answers,
  };
}

function trainedBy({ options, startedFrom }: TranslatorTraining): string {
  const start = startedFrom ? ` --start-from packages/models/${startedFrom.id}` : "";
  return `python3 packages/models/training/translation/train.py --data ../shared/data/${dataSet}${start} ${options}`;
}

function aboutOf({ training, log }: TrainedNetwork<TranslatorTraining>): string {
  const { step, parameters, settings, startedFrom } = training;
  const start = startedFrom
    ? `from the 8-bit weights of its first edition (sha256 \`${startedFrom.sha256}\`, by \`${startedFrom.recipe}\`)`
    : "from nothing";
  return `Translates everyday sentences between English and French, both ways, by one network: 6 encoder and 3 decoder layers of width 256, ${(parameters / 1e6).toFixed(1)} million parameters in 8 bits, a vocabulary of 4,000 pieces. As an encoder-decoder it learns p(target | source). It was trained ${start} for ${step} steps (of a schedule of ${settings.steps}, planned longer and shortened on the way) of some ${settings.tokens} tokens a side, products in ${settings.precision}, in ${hoursOf(log).toFixed(1)} hours of one core, shared with other work, of ${cpus()[0]?.model.trim()}.`;
}

const limits = [
  "It learned from short everyday sentences, most of 5 to 10 words: what is longer, or of the news, the law or a trade, it translates badly or leaves out in part. Give it a sentence at a time.",
  "It sees one paragraph at a time, of a long one one sentence: what a pronoun stands for is lost between them.",
  "Names that it has not seen are spelled anew, and sometimes wrongly; Tom, Mary and Boston fill its data, and may stand where another name belongs.",
  "English does not say whether “you” is tu or vous, one or many: it chooses what was frequent, and may change within a text.",
  "Where French must show a gender that English leaves open (“I am tired”), it guesses by what its data has more of; professions have the gender that they have there.",
  "Numbers, negations and rare words can be lost or changed: have a person check what matters.",
];
