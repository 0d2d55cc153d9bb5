import { BifocalError, type ModelCard } from "@bifocal/contracts";
import { permittedTransitions } from "../discriminative/crf-chain.js";
import type { CrfParams } from "../discriminative/crf-params.js";
import { tokenFeatureReader } from "../features/token-features.js";
import { knowledgeIn } from "../features/token-knowledge.js";
import { chainParamsOf } from "../learners.js";
import type { SavedModel } from "../model-file.js";
import { createGraph, type GraphWriter, type Value } from "./onnx-graph.js";
import { toDouble } from "./onnx-values.js";

/**
 * What a chain says of the tokens of a sentence, as an ONNX model. Input `features`, int64 [tokens, templates]: the hashes
 * that `tokenFeaturesOf` gives. Outputs `emissions`, float [tokens, tags], and `transitions`, float [tags + 1, tags] (the
 * last row from the start; −∞ where the tag scheme forbids), the same for every sentence: the best tagging is that of the
 * greatest sum (Viterbi), and exp(sum) is proportional to its probability. Tags in order: the metadata's `tags`.
 */
export function exportChain(card: ModelCard, params: CrfParams): Uint8Array {
  const { tags, templates, temperature } = params;
  const graph = createGraph();
  const steps = permittedTransitions(tags, params.transitions);
  const transitions = matrix(graph, tags.length + 1, steps);
  const sums = addSums(graph, "features", params);
  const scores = params.normalization === "local" ? addLocal(graph, sums, transitions, steps, tags.length) : sums;
  const shared = (value: Value): Value =>
    graph.add("Cast", [graph.add("Div", [value, graph.number(temperature)])], { to: 1 });
  const outputs = [graph.named("emissions", shared(scores)), graph.named("transitions", shared(transitions))];
  return graph.model({
    name: card.id,
    producer: "bifocal",
    documentation: `${card.family}; features [tokens, templates] to emissions [tokens, tags] and transitions [tags + 1, tags]`,
    metadata: { tags: JSON.stringify(tags), templates: JSON.stringify(templates), card: JSON.stringify(card) },
    inputs: [{ name: "features", type: "int64", dims: ["tokens", templates.length] }],
    outputs: [
      { name: outputs[0], type: "float", dims: ["tokens", tags.length] },
      { name: outputs[1], type: "float", dims: [tags.length + 1, tags.length] },
    ],
  });
}

/**
 * What reads the features of the tokens of a sentence as the ONNX form of a chain takes them: tokens × templates hashes, a
 * row a token, 0 where a token has none.
 * @throws {BifocalError} `unsupported` for a model that is no chain
 * @example const features = BigInt64Array.from(tokenFeaturesOf(model)(["Ada", "slept"]), BigInt);
 */
export function tokenFeaturesOf(model: SavedModel): (tokens: readonly string[]) => Uint32Array {
  const params = chainParamsOf(model);
  if (params !== undefined) return tokenFeatureReader(params.templates, knowledgeIn(params)).read;
  throw new BifocalError("unsupported", `${model.card.id} (${model.card.family}) reads no features of tokens.`);
}

/** Adds double [tokens, tags]: the sums of the weights of each token's features. */
function addSums(graph: GraphWriter, features: Value, params: CrfParams): Value {
  const places = graph.add("LabelEncoder", [features], {
    keys_int64s: [...params.features],
    values_int64s: [...params.features.keys()],
    default_int64: params.features.length,
  });
  const weights = graph.constant({
    type: "float",
    dims: [params.features.length + 1, params.tags.length],
    values: denseWeights(params),
  });
  const parts = toDouble(graph, graph.add("Gather", [weights, places]));
  return graph.add("ReduceSum", [parts, graph.integers(1)], { keepdims: 0 });
}

/** Features × tags, and a row of zeros for what the model does not know. */
function denseWeights({ features, tags, pairCounts, pairTags, weights }: CrfParams): Float32Array {
  const dense = new Float32Array((features.length + 1) * tags.length);
  for (let feature = 0, pair = 0; feature < features.length; feature++)
    for (const end = pair + pairCounts[feature]; pair < end; pair++)
      dense[feature * tags.length + pairTags[pair]] = weights[pair];
  return dense;
}

/** As `locallyNormalized`: what goes out of a tag is taken off the tag, and what comes from the start off the first token. */
function addLocal(graph: GraphWriter, sums: Value, transitions: Value, steps: Float64Array, tags: number): Value {
  const end = graph.integers(2 ** 31 - 1);
  const slice = (value: Value, from: number, to: Value): Value => graph.add("Slice", [value, graph.integers(from), to]);
  const [first, rest] = [slice(sums, 0, graph.integers(1)), slice(sums, 1, end)];
  const ways = graph.add("Add", [
    graph.add("Unsqueeze", [rest, graph.integers(1)]),
    slice(transitions, 0, graph.integers(tags)),
  ]);
  const out = graph.add("ReduceLogSumExp", [ways, graph.integers(2)], { keepdims: 0 });
  const fromStart = graph.add("Add", [first, matrix(graph, 1, steps.subarray(tags * tags))]);
  const begun = graph.add("ReduceLogSumExp", [fromStart, graph.integers(1)], { keepdims: 1 });
  const last = graph.add("Mul", [slice(sums, -1, end), graph.number(0)]);
  const leaving = graph.add("Concat", [out, last], { axis: 0 });
  const none = graph.add("ReduceSum", [graph.add("Mul", [rest, graph.number(0)]), graph.integers(1)], { keepdims: 1 });
  const entering = graph.add("Concat", [begun, none], { axis: 0 });
  return graph.add("Sub", [graph.add("Sub", [sums, leaving]), entering]);
}

function matrix(graph: GraphWriter, rows: number, values: Float64Array): Value {
  return graph.constant({ type: "double", dims: [rows, values.length / rows], values: values.slice() });
}
