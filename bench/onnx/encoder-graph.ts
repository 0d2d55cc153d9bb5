import { seededRandom } from "@bifocal/contracts";
import { createGraph, type Port, type Value } from "../../packages/classical/src/export/onnx-graph.js";

/** How large an encoder is. */
export interface EncoderShape {
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly inner: number;
  /** Tokens that it reads at most. */
  readonly context: number;
  readonly vocabulary: number;
}

/** A BERT that classifies into two labels, of random weights, written as PyTorch's exporter writes it. */
export function encoderGraph({ layers, width, heads, inner, context, vocabulary }: EncoderShape): Uint8Array {
  const graph = createGraph();
  const { add, constant, integers, integer } = graph;
  const random = seededRandom(1);

  const floats = (dims: readonly number[], value: () => number): Value => {
    const values = new Float32Array(dims.reduce((product, each) => product * each, 1));
    for (let i = 0; i < values.length; i++) values[i] = value();
    return constant({ type: "float", dims, values });
  };
  const weight = (...dims: number[]): Value => floats(dims, () => 0.16 * (random() - 0.5));
  const scalar = (value: number): Value => floats([], () => value);
  const linear = (x: Value, from: number, to: number): Value =>
    add("Add", [add("MatMul", [x, weight(from, to)]), weight(to)]);
  const normalized = (x: Value): Value =>
    add("LayerNormalization", [x, floats([width], () => 1), weight(width)], { axis: -1 });
  const byHead = (x: Value, perm: readonly number[]): Value =>
    add("Transpose", [add("Reshape", [linear(x, width, width), integers(0, 0, heads, width / heads)])], { perm });
  const gelu = (x: Value): Value => {
    const erf = add("Erf", [add("Div", [x, scalar(Math.SQRT2)])]);
    return add("Mul", [add("Mul", [x, add("Add", [erf, scalar(1)])]), scalar(0.5)]);
  };

  /** Added to the scores of tokens that only fill up the row. */
  const present = add("Cast", ["attention_mask"], { to: 1 });
  const mask = add("Unsqueeze", [add("Mul", [add("Sub", [scalar(1), present]), scalar(-1e9)]), integers(1, 2)]);
  const attended = (x: Value): Value => {
    const [q, k, v] = [byHead(x, [0, 2, 1, 3]), byHead(x, [0, 2, 3, 1]), byHead(x, [0, 2, 1, 3])];
    const scores = add("Add", [add("Div", [add("MatMul", [q, k]), scalar(Math.sqrt(width / heads))]), mask]);
    const read = add("MatMul", [add("Softmax", [scores], { axis: -1 }), v]);
    const joined = add("Reshape", [add("Transpose", [read], { perm: [0, 2, 1, 3] }), integers(0, 0, width)]);
    return linear(joined, width, width);
  };

  const length = add("Slice", [add("Shape", ["input_ids"]), integers(1), integers(2)]);
  const places = add("Slice", [weight(context, width), integers(0), length, integers(0)]);
  const types = add("Gather", [weight(2, width), "token_type_ids"]);
  const pieces = add("Gather", [weight(vocabulary, width), "input_ids"]);
  let x = normalized(add("Add", [add("Add", [pieces, types]), places]));
  for (let layer = 0; layer < layers; layer++) {
    x = normalized(add("Add", [attended(x), x]));
    x = normalized(add("Add", [linear(gelu(linear(x, width, inner)), inner, width), x]));
  }
  const pooled = add("Tanh", [linear(add("Gather", [x, integer(0)], { axis: 1 }), width, width)]);
  graph.named("logits", linear(pooled, width, 2));
  return graph.model({
    name: "encoder",
    producer: "the bench of Bifocal",
    documentation: "Random weights.",
    metadata: {},
    inputs: ["input_ids", "attention_mask", "token_type_ids"].map(
      (name): Port => ({ name, type: "int64", dims: ["rows", "tokens"] }),
    ),
    outputs: [{ name: "logits", type: "float", dims: ["rows", 2] }],
  });
}
