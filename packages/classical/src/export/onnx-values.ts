import { columnsOf, type TextReading } from "../features/text-params.js";
import type { GraphWriter, Value } from "./onnx-graph.js";
import type { Rows } from "./onnx-rows.js";

/** The values of the rows' entries, double [U, 1]: as `weigh` has them; `height` is the number of rows. */
export function addValues(
  graph: GraphWriter,
  { rows, columns, counts }: Rows,
  { reading, binary, height }: { reading: TextReading; binary: boolean; height: Value },
): Value {
  const { values: kind, scaleRows } = reading.features;
  const counted = toDouble(graph, counts);
  let values = counted;
  if (kind === "presence" || binary) values = graph.add("Div", [counted, counted]);
  else if (kind === "logarithm") values = graph.add("Add", [graph.add("Log", [counted]), graph.number(1)]);
  if (!binary) {
    values = graph.add("Mul", [values, columnWeights(graph, reading, columns)]);
    if (scaleRows) values = scaled(graph, values, rows, height);
  }
  return graph.add("Unsqueeze", [values, graph.integers(1)]);
}

function columnWeights(graph: GraphWriter, reading: TextReading, columns: Value): Value {
  if (reading.columnWeights.length === 0) return graph.number(1);
  const all = graph.constant({ type: "float", dims: [columnsOf(reading)], values: reading.columnWeights });
  return toDouble(graph, graph.add("Gather", [all, columns]));
}

function scaled(graph: GraphWriter, values: Value, rows: Value, height: Value): Value {
  const zeros = graph.add("Expand", [graph.number(0), height]);
  const squares = graph.add("ScatterElements", [zeros, rows, graph.add("Mul", [values, values])], { reduction: "add" });
  return graph.add("Div", [values, graph.add("Gather", [graph.add("Sqrt", [squares]), rows])]);
}

/** The numbers in double precision, in which this package sums. */
export function toDouble(graph: GraphWriter, numbers: Value): Value {
  return graph.add("Cast", [numbers], { to: 11 });
}
