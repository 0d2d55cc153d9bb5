import type { Calibration } from "../calibration/calibration.js";
import type { Curve } from "../calibration/isotonic.js";
import type { LinearScores } from "../explain/linear-scores.js";
import { hasLogits } from "../explain/score-direction.js";
import { columnsOf } from "../features/text-params.js";
import type { GraphWriter, Value } from "./onnx-graph.js";
import type { Rows } from "./onnx-rows.js";
import { toDouble } from "./onnx-values.js";

/** Adds the outputs of a linear classifier, double [rows, outputs]: each row's bias + Σ value · weight. */
export function addOutputs(
  graph: GraphWriter,
  { rows, columns }: Rows,
  { values, height, scores }: { values: Value; height: Value; scores: LinearScores },
): Value {
  const { reading, outputs } = scores;
  const [weights, bias] = [scores.weights, scores.bias].map((each) => centred(each, scores));
  const all = graph.constant({
    type: "float",
    dims: [columnsOf(reading), outputs],
    values: Float32Array.from(weights),
  });
  const parts = graph.add("Mul", [toDouble(graph, graph.add("Gather", [all, columns])), values]);
  const size = graph.add("Concat", [height, graph.integers(outputs)], { axis: 0 });
  const from = graph.constant({ type: "double", dims: [1, outputs], values: Float64Array.from(bias) });
  const into = graph.add("Expand", [graph.add("Unsqueeze", [rows, graph.integers(1)]), graph.add("Shape", [parts])]);
  const start = graph.add("Expand", [from, size]);
  return graph.add("ScatterElements", [start, into, parts], { axis: 0, reduction: "add" });
}

/** Logits less their mean, which softmax does not see: in single precision, small numbers are the more exact ones. */
function centred(numbers: Float32Array | Float64Array, scores: LinearScores): Float64Array {
  const { outputs } = scores;
  const centre = Float64Array.from(numbers);
  if (outputs === 1 || !hasLogits(scores)) return centre;
  for (let from = 0; from < centre.length; from += outputs) {
    let total = 0;
    for (let k = from; k < from + outputs; k++) total += centre[k];
    for (let k = from; k < from + outputs; k++) centre[k] -= total / outputs;
  }
  return centre;
}

/** Turns outputs into scores, double [rows, labels]. */
export function addScores(graph: GraphWriter, outputs: Value, scores: LinearScores): Value {
  if (scores.calibration !== undefined) return addCalibrated(graph, outputs, scores.calibration, scores.outputs);
  if (scores.link === "margin")
    return scores.outputs === 1 ? pair(graph, graph.add("Neg", [outputs]), outputs) : outputs;
  if (scores.link === "softmax") return addSoftmax(graph, outputs, scores.outputs);
  return shared(graph, graph.add("Sigmoid", [outputs]), scores.outputs);
}

function addSoftmax(graph: GraphWriter, outputs: Value, count: number): Value {
  if (count > 1) return graph.add("Softmax", [outputs], { axis: -1 });
  return shared(graph, graph.add("Sigmoid", [outputs]), count);
}

function addCalibrated(graph: GraphWriter, outputs: Value, calibration: Calibration, count: number): Value {
  if (calibration.method === "temperature")
    return addSoftmax(graph, graph.add("Div", [outputs, graph.number(calibration.temperature)]), count);
  if (calibration.method === "isotonic") return shared(graph, addCurves(graph, outputs, calibration.curves), count);
  const slopes = row(
    graph,
    calibration.sigmoids.map(({ slope }) => slope),
  );
  const offsets = row(
    graph,
    calibration.sigmoids.map(({ offset }) => offset),
  );
  return shared(graph, graph.add("Sigmoid", [graph.add("Add", [graph.add("Mul", [outputs, slopes]), offsets])]), count);
}

/** Each output by its own curve: flat outside of it, and a line between any two of its points. */
function addCurves(graph: GraphWriter, outputs: Value, curves: readonly Curve[]): Value {
  const columns = curves.map((curve, output) => {
    const margins = graph.add("Gather", [outputs, graph.integers(output)], { axis: 1 });
    return addCurve(graph, margins, curve);
  });
  return columns.length === 1 ? columns[0] : graph.add("Concat", columns, { axis: 1 });
}

/** The first probability, and for each stretch of the curve its rise, as far as the margin [rows, 1] has come along it. */
function addCurve(graph: GraphWriter, margins: Value, { margins: at, probabilities }: Curve): Value {
  const start = graph.add("Add", [graph.add("Mul", [margins, graph.number(0)]), graph.number(probabilities[0])]);
  if (at.length === 1) return start;
  const rises = row(
    graph,
    at.slice(1).map((_, i) => probabilities[i + 1] - probabilities[i]),
  );
  const lengths = row(
    graph,
    at.slice(1).map((end, i) => end - at[i]),
  );
  const gone = graph.add("Div", [graph.add("Sub", [margins, row(graph, at.slice(0, -1))]), lengths]);
  const share = graph.add("Max", [graph.add("Min", [gone, graph.number(1)]), graph.number(0)]);
  const risen = graph.add("ReduceSum", [graph.add("Mul", [share, rises]), graph.integers(1)], { keepdims: 1 });
  return graph.add("Add", [start, risen]);
}

/** Probabilities that add up to 1: of the second label alone, or of each against the rest; evenly where all are 0. */
function shared(graph: GraphWriter, probabilities: Value, count: number): Value {
  if (count === 1) return pair(graph, graph.add("Sub", [graph.number(1), probabilities]), probabilities);
  const total = graph.add("ReduceSum", [probabilities, graph.integers(1)], { keepdims: 1 });
  const share = graph.add("Div", [probabilities, total]);
  return graph.add("Where", [graph.add("Greater", [total, graph.number(0)]), share, graph.number(1 / count)]);
}

function pair(graph: GraphWriter, first: Value, second: Value): Value {
  return graph.add("Concat", [first, second], { axis: 1 });
}

function row(graph: GraphWriter, values: readonly number[]): Value {
  return graph.constant({ type: "double", dims: [1, values.length], values: Float64Array.from(values) });
}
