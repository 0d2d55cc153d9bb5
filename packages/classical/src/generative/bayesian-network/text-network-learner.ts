import { throwIfAborted } from "@bifocal/contracts";
import { keepColumns } from "../../features/keep-columns.js";
import { learnRows } from "../../features/learn-rows.js";
import { termsOf } from "../../features/text-params.js";
import { textLearning, textSettings } from "../../features/text-settings.js";
import type { LabelledText, Learner, Settings } from "../../learner.js";
import { estimateTables } from "./parameters.js";
import { bdeuScore, bicScore } from "./scores.js";
import { rowsOfColumns, selectTerms } from "./select-terms.js";
import { hillClimbingStructure } from "./structures/hill-climbing.js";
import { naiveStructure } from "./structures/naive.js";
import type { LearnStructure } from "./structures/structure.js";
import { treeAugmentedStructure } from "./structures/tree.js";
import type { TextNetworkParams } from "./text-network-params.js";
import { labelVariable, textTable } from "./text-table.js";

const structures = ["naive", "tan", "hill-climbing"] as const;
const scores = { bdeu: bdeuScore(), bic: bicScore } as const;

/** What tells how texts become rows of presence: terms are chosen, so they are never hashed. */
const { values: _, inverseDocumentFrequency: __, scaleRows: ___, hashBits: ____, ...presenceSettings } = textSettings;

/** A Bayesian network over the label and the presence of the terms that tell most about it. */
export const bayesianNetworkLearner: Learner<"labelled-texts"> = {
  name: "bayesian-network",
  family: "Bayesian network",
  paradigm: "generative",
  tasks: ["text-classification", "sentiment-analysis"],
  reads: "labelled-texts",
  settings: {
    ...presenceSettings,
    terms: {
      type: "integer",
      min: 1,
      max: 1_000_000,
      default: 3000,
      about: "keep the terms that tell most about the label",
    },
    structure: {
      type: "string",
      choices: structures,
      default: "tan",
      about: "what terms depend on beside the label: nothing, one term, or a few",
    },
    smoothing: {
      type: "number",
      above: 0,
      max: 1000,
      default: 3,
      about: "how many texts the prior of each probability is worth",
    },
    dependenceSmoothing: {
      type: "number",
      above: 0,
      max: 1_000_000,
      default: 300,
      about: "tan, hill-climbing: how many texts it is worth that a term depends on the label alone",
    },
    maximumParents: {
      type: "integer",
      min: 0,
      max: 10,
      default: 2,
      about: "hill-climbing: terms that a term depends on, at most",
    },
    score: { type: "string", choices: Object.keys(scores), default: "bdeu", about: "hill-climbing: what it raises" },
  },
  async train(items: readonly LabelledText[], settings, context): Promise<TextNetworkParams> {
    throwIfAborted(context.signal);
    const learnStructure = structureOf(settings);
    const { text, data } = learnRows(items, textLearning(settings));
    const weighted = { ...data, weights: Float32Array.from(items, ({ weight = 1 }) => weight) };
    const columns = rowsOfColumns(weighted);
    const selected = selectTerms(weighted, columns, termsOf(text), settings.terms as number);
    const reading = keepColumns(text, selected);
    const table = textTable(weighted, columns, selected, termsOf(reading));
    const parents = await learnStructure(table, context);
    const tables = estimateTables(table, parents, {
      prior: "fewer-parents",
      equivalentSampleSize: settings.smoothing as number,
      dependenceSampleSize: settings.dependenceSmoothing as number,
    });
    return { kind: "bayesian-network", version: 2, ...reading, ...tables };
  },
};

/** The label is a parent of every term in each of them, so that a text is scored by a sum over its terms. */
function structureOf(settings: Settings): LearnStructure {
  const score = scores[settings.score as keyof typeof scores];
  const maximumParents = 1 + (settings.maximumParents as number);
  const structure = settings.structure as (typeof structures)[number];
  const learn: Record<typeof structure, LearnStructure> = {
    naive: naiveStructure(labelVariable),
    tan: treeAugmentedStructure(labelVariable),
    "hill-climbing": (table, context) => {
      const required = table.variables.slice(1).map(({ name }) => [labelVariable, name] as const);
      return hillClimbingStructure({ score, maximumParents, required })(table, context);
    },
  };
  return learn[structure];
}
