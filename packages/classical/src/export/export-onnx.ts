import { BifocalError } from "@bifocal/contracts";
import type { LinearScores } from "../explain/linear-scores.js";
import { termsOf } from "../features/text-params.js";
import { chainParamsOf, linearScoresOf } from "../learners.js";
import type { SavedModel } from "../model-file.js";
import { exportChain } from "./export-chain.js";
import { alphabetOf } from "./onnx-alphabet.js";
import { createGraph, type GraphWriter, type Value } from "./onnx-graph.js";
import { addRows } from "./onnx-rows.js";
import { addOutputs, addScores } from "./onnx-scores.js";
import { addTokens } from "./onnx-tokens.js";
import { addValues } from "./onnx-values.js";

/** How an ONNX model is written. */
export interface ExportOptions {
  /** Further symbols that texts may have right beside a word, such as "★→": each makes the graph larger and slower to load. */
  readonly symbols?: string;
}

/** Read with the texts, so that no vector is ever empty: a word, marks, more of them than a term has tokens. */
const sentinel = "a . . . . .";

/**
 * A classifier over texts, with its reading of texts, as an ONNX model in standard operators (ai.onnx 20, ai.onnx.ml 3:
 * ONNX 1.15, ONNX Runtime 1.17 and later). Input `texts`, string [N]; outputs `labels`, string [N], and
 * `probabilities`, float [N, labels] in the order of the metadata's `labels`, or `margins` where the model has those.
 * A chain of tags has an ONNX form, too, of which `exportChain` says what goes in and out.
 * @returns the bytes of the file
 * @throws {BifocalError} `unsupported` for a model that is neither a chain nor linear in the words of a text; the message says why
 * @example await writeFile("spam.onnx", exportOnnx(decodeModel(await readFile("spam.bifocal"))));
 */
export function exportOnnx(model: SavedModel, { symbols = "" }: ExportOptions = {}): Uint8Array {
  const chain = chainParamsOf(model);
  if (chain !== undefined) return exportChain(model.card, chain);
  const scores = exportable(model);
  const graph = createGraph();
  const found = addClassifier(graph, "texts", scores, symbols);
  const isMargin = scores.link === "margin" && scores.calibration === undefined;
  const label = graph.named("labels", found.labels);
  const score = graph.named(isMargin ? "margins" : "probabilities", found.scores);
  return graph.model({
    name: model.card.id,
    producer: "bifocal",
    documentation: `${model.card.family}; texts [N] to labels [N] and ${score} [N, labels]`,
    metadata: { labels: JSON.stringify(scores.labels), card: JSON.stringify(model.card) },
    inputs: [{ name: "texts", type: "string", dims: ["N"] }],
    outputs: [
      { name: label, type: "string", dims: ["N"] },
      { name: score, type: "float", dims: ["N", scores.labels.length] },
    ],
  });
}

function exportable(model: SavedModel): LinearScores {
  const scores = linearScoresOf(model);
  const { id, family } = model.card;
  if (scores === undefined)
    throw new BifocalError(
      "unsupported",
      `${id} (${family}) has no ONNX form: only linear classifiers over words, conditional random fields and MEMMs have.`,
    );
  const { tokenizer, ngrams, characterNgrams, hashBits } = scores.reading.features;
  if (tokenizer !== "word" || ngrams < 1 || characterNgrams !== undefined || hashBits > 0)
    throw new BifocalError(
      "unsupported",
      `${id} reads texts by what ONNX has no operators for. Train it with tokenizer=word, ngrams, no characters and no hashing.`,
    );
  return scores;
}

function addClassifier(graph: GraphWriter, given: Value, scores: LinearScores, symbols: string) {
  const { reading, labels, binary = false } = scores;
  const { ngrams, withoutAddresses } = reading.features;
  const vocabulary = termsOf(reading);
  const texts = graph.add("Concat", [given, graph.texts(sentinel)], { axis: 0 });
  const count = graph.add("Shape", [given]);
  const height = graph.add("Shape", [texts]);
  const tokens = addTokens(graph, texts, { ...alphabetOf(vocabulary, symbols), withoutAddresses });
  const rows = addRows(graph, tokens, { vocabulary, ngrams, sentinel: count });
  const values = addValues(graph, rows, { reading, binary, height });
  const outputs = addOutputs(graph, rows, { values, height, scores });
  const all = addScores(graph, outputs, scores);
  const asked = graph.add("Slice", [all, graph.integers(0), count, graph.integers(0)]);
  const best = graph.add("ArgMax", [asked], { axis: 1, keepdims: 0 });
  return {
    labels: graph.add("Gather", [graph.texts(...labels), best]),
    scores: graph.add("Cast", [asked], { to: 1 }),
  };
}
