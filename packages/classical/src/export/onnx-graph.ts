import {
  bytesField,
  type Field,
  integerField,
  messageBytes,
  messageField,
  packedField,
  textField,
} from "./protobuf.js";

/** The name of a tensor in a graph. */
export type Value = string;

export type ElementType = "float" | "int64" | "string" | "bool" | "double";

/** Numbers of the types in `TensorProto.DataType`. */
const elementTypes: Readonly<Record<ElementType, number>> = { float: 1, int64: 7, string: 8, bool: 9, double: 11 };

/** A tensor's data: `dims` multiply to the number of values. */
export interface Constant {
  readonly type: "float" | "double" | "int64" | "string";
  readonly dims: readonly number[];
  /** Of the type: `Float32Array` for `float`, `Float64Array` for `double`, whole numbers for `int64`. */
  readonly values: Float32Array | Float64Array | readonly number[] | readonly string[];
}

/** What an operator is told beside its inputs. Numbers are integers. */
export type Attribute = number | string | readonly number[] | readonly string[] | Branch;

/** A graph within a graph, as `If` and `Loop` have them; it sees the values around it. */
export interface Branch {
  readonly nodes: readonly Field[];
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
}

/** An input or output: a text among `dims` is a size known only at run time. */
export interface Port {
  readonly name: Value;
  readonly type: ElementType;
  readonly dims?: readonly (number | string)[];
}

/** A graph being written. Each call adds a node (or a constant) and gives the names of what it makes. */
export interface GraphWriter {
  add(operator: string, inputs: readonly Value[], attributes?: Readonly<Record<string, Attribute>>): Value;
  /** For operators with several outputs. */
  addMany(
    operator: string,
    inputs: readonly Value[],
    outputs: number,
    attributes?: Readonly<Record<string, Attribute>>,
  ): Value[];
  constant(constant: Constant): Value;
  integers(...values: number[]): Value;
  integer(value: number): Value;
  texts(...values: string[]): Value;
  /** A number in double precision. */
  number(value: number): Value;
  /** Gives a value the name by which the outside knows it. */
  named(name: string, value: Value): Value;
  /** A graph within this one: what `write` adds belongs to it. */
  branch(inputs: readonly Port[], write: () => readonly Port[]): Branch;
  /** A name that nothing else has, for a branch's inputs. */
  name(): Value;
  /** The whole as a model file. */
  model(about: ModelAbout): Uint8Array;
}

export interface ModelAbout {
  readonly name: string;
  readonly producer: string;
  readonly documentation: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
}

/** IR version 9 with these operator sets: ONNX 1.15 of October 2023, the first that can split strings. */
const irVersion = 9;
const operatorSets = { "": 20, "ai.onnx.ml": 3 } as const;
const machineLearningOperators: ReadonlySet<string> = new Set(["LabelEncoder"]);

/** Begins an empty graph. */
export function createGraph(): GraphWriter {
  let names = 0;
  let nodes: Field[] = [];
  const initializers: Field[] = [];
  const known = new Map<string, Value>();
  const name = (): Value => `v${names++}`;
  const addMany: GraphWriter["addMany"] = (operator, inputs, outputs, attributes = {}) => {
    const made = Array.from({ length: outputs }, name);
    nodes.push(node(operator, inputs, made, attributes));
    return made;
  };
  const constant = (given: Constant): Value => {
    const made = name();
    initializers.push(messageField(5, tensor(made, given)));
    return made;
  };
  const once = (given: Constant): Value => {
    const key = JSON.stringify(given);
    const made = known.get(key) ?? constant(given);
    known.set(key, made);
    return made;
  };
  return {
    addMany,
    add: (operator, inputs, attributes) => addMany(operator, inputs, 1, attributes)[0],
    constant,
    integers: (...values) => once({ type: "int64", dims: [values.length], values }),
    integer: (value) => once({ type: "int64", dims: [], values: [value] }),
    texts: (...values) => once({ type: "string", dims: [values.length], values }),
    number: (value) => once({ type: "double", dims: [], values: Float64Array.of(value) }),
    named(given, value) {
      nodes.push(node("Identity", [value], [given], {}));
      return given;
    },
    branch(inputs, write) {
      const around = nodes;
      nodes = [];
      const outputs = write();
      const within = nodes;
      nodes = around;
      return { nodes: within, inputs, outputs };
    },
    name,
    model: ({ inputs, outputs, ...about }) =>
      modelBytes(about, graphFields({ nodes, inputs, outputs }, about.name, initializers)),
  };
}

function node(
  operator: string,
  inputs: readonly Value[],
  outputs: readonly Value[],
  attributes: Readonly<Record<string, Attribute>>,
): Field {
  return messageField(1, [
    ...inputs.map((each) => textField(1, each)),
    ...outputs.map((each) => textField(2, each)),
    textField(4, operator),
    ...Object.entries(attributes).map(([name, value]) => messageField(5, attribute(name, value))),
    ...(machineLearningOperators.has(operator) ? [textField(7, "ai.onnx.ml")] : []),
  ]);
}

function attribute(name: string, value: Attribute): Field[] {
  const written = (type: number, ...fields: Field[]): Field[] => [
    textField(1, name),
    ...fields,
    integerField(20, type),
  ];
  if (typeof value === "number") return written(2, integerField(3, value));
  if (typeof value === "string") return written(3, textField(4, value));
  if ("nodes" in value) return written(5, messageField(6, graphFields(value, name, [])));
  if (isTexts(value)) return written(8, ...value.map((each) => textField(9, each)));
  return written(7, packedField(8, value));
}

function isTexts(values: readonly number[] | readonly string[]): values is readonly string[] {
  return typeof values[0] === "string";
}

function graphFields({ nodes, inputs, outputs }: Branch, name: string, initializers: readonly Field[]): Field[] {
  return [
    ...nodes,
    textField(2, name),
    ...initializers,
    ...inputs.map((each) => messageField(11, port(each))),
    ...outputs.map((each) => messageField(12, port(each))),
  ];
}

function port({ name, type, dims }: Port): Field[] {
  const shape = dims?.map((each) =>
    messageField(1, [typeof each === "string" ? textField(2, each) : integerField(1, each)]),
  );
  const tensorType = [integerField(1, elementTypes[type]), ...(shape ? [messageField(2, shape)] : [])];
  return [textField(1, name), messageField(2, [messageField(1, tensorType)])];
}

function tensor(name: Value, { type, dims, values }: Constant): Field[] {
  return [
    ...(dims.length > 0 ? [packedField(1, dims)] : []),
    integerField(2, elementTypes[type]),
    ...tensorData(values),
    textField(8, name),
  ];
}

function tensorData(values: Constant["values"]): Field[] {
  if (ArrayBuffer.isView(values))
    return [bytesField(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength))];
  if (isTexts(values)) return values.map((each) => textField(6, each));
  return [packedField(7, values)];
}

function modelBytes({ producer, documentation, metadata }: Omit<ModelAbout, "inputs" | "outputs">, graph: Field[]) {
  return messageBytes([
    integerField(1, irVersion),
    textField(2, producer),
    textField(6, documentation),
    messageField(7, graph),
    ...Object.entries(operatorSets).map(([domain, version]) =>
      messageField(8, [textField(1, domain), integerField(2, version)]),
    ),
    ...Object.entries(metadata).map(([key, value]) => messageField(14, [textField(1, key), textField(2, value)])),
  ]);
}
