import { BifocalError, didYouMean, throwIfAborted } from "@bifocal/contracts";
import { keepColumns } from "../../features/keep-columns.js";
import { learnRows } from "../../features/learn-rows.js";
import { termsOf } from "../../features/text-params.js";
import { textLearning, textSettings } from "../../features/text-settings.js";
import type { LabelledText, Learner, Settings } from "../../learner.js";
import { estimateTables } from "./parameters.js";
import { bdeuScore, bicScore, type NetworkScore } from "./scores.js";
import { rowsOfColumns, selectTerms } from "./select-terms.js";
import { hillClimbingStructure } from "./structures/hill-climbing.js";
import { naiveStructure } from "./structures/naive.js";
import type { LearnStructure } from "./structures/structure.js";
import { treeAugmentedStructure } from "./structures/tree.js";
import type { TextNetworkParams } from "./text-network-params.js";
import { labelVariable, termVariable, textTable } from "./text-table.js";

/** The label is a parent of every term in each of them, so that a text is scored by a sum over its terms. */
const structures: Readonly<Record<string, (terms: readonly string[], settings: Settings) => LearnStructure>> = {
  naive: () => naiveStructure(labelVariable),
  tan: () => treeAugmentedStructure(labelVariable),
  "hill-climbing": (terms, settings) =>
    hillClimbingStructure({
      score: chosen(scores, "score", settings),
      maximumParents: 1 + (settings.maximumParents as number),
      required: terms.map((term) => [labelVariable, termVariable(term)] as const),
    }),
};

const scores: Readonly<Record<string, NetworkScore>> = { bdeu: bdeuScore(), bic: bicScore };

const { values: _, inverseDocumentFrequency: __, scaleRows: ___, ...presenceSettings } = textSettings;

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
      default: 1000,
      about: "keep the terms that tell most about the label",
    },
    structure: {
      type: "string",
      default: "tan",
      about: "what terms depend on beside the label: naive (nothing), tan (one term), hill-climbing (a few)",
    },
    smoothing: {
      type: "number",
      above: 0,
      max: 1000,
      default: 1,
      about: "how many texts the prior of each probability is worth",
    },
    maximumParents: {
      type: "integer",
      min: 0,
      max: 10,
      default: 2,
      about: "hill-climbing: terms that a term depends on, at most",
    },
    score: { type: "string", default: "bdeu", about: "hill-climbing: what it raises, bdeu or bic" },
  },
  async train(items: readonly LabelledText[], settings, context): Promise<TextNetworkParams> {
    throwIfAborted(context.signal);
    const structureOf = chosen(structures, "structure", settings);
    chosen(scores, "score", settings);
    const { text, data: unweighted } = learnRows(items, textLearning({ ...settings, ...asPresence }));
    const data = { ...unweighted, weights: Float32Array.from(items, ({ weight = 1 }) => weight) };
    const columns = rowsOfColumns(data);
    const all = termsOf(text);
    const selected = selectTerms(data, columns, all, settings.terms as number);
    const vocabulary = selected.map((column) => all[column]);
    const table = textTable(data, columns, selected, vocabulary);
    const parents = await structureOf(vocabulary, settings)(table, context);
    const smoothing = { equivalentSampleSize: settings.smoothing as number, prior: "fewer-parents" } as const;
    const tables = estimateTables(table, parents, smoothing);
    return { kind: "bayesian-network", version: 1, ...keepColumns(text, selected), ...tables };
  },
};

const asPresence = { values: "presence", inverseDocumentFrequency: false, scaleRows: false } as const;

/** @throws {BifocalError} `invalid-input` where the setting is none of the names. */
function chosen<T>(table: Readonly<Record<string, T>>, name: string, settings: Settings): T {
  const value = String(settings[name]);
  if (Object.hasOwn(table, value)) return table[value];
  throw new BifocalError("invalid-input", `${name} cannot be "${value}". ${didYouMean(value, Object.keys(table))}`);
}
