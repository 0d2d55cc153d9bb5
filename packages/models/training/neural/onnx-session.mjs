// Runs an ONNX model as the project does: node onnx-session.mjs MODEL < feeds.json > outputs.json
// Tensors are { type, dims, data }; several feeds in a list give as many outputs.
import { readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";

const library = new URL("../../../core/node_modules/@xenova/transformers/package.json", import.meta.url);
const { InferenceSession, Tensor } = createRequire(realpathSync(library))("onnxruntime-node");

const tensor = ({ type, dims, data }) =>
  new Tensor(
    type,
    type === "int64" ? BigInt64Array.from(data, BigInt) : type === "bool" ? data : Float32Array.from(data),
    dims,
  );
const plain = ({ dims, data }) => ({ dims, data: Array.from(data) });
const mapValues = (record, change) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));

const session = await InferenceSession.create(process.argv[2]);
const outputs = [];
for (const feeds of JSON.parse(readFileSync(0, "utf8")))
  outputs.push(mapValues(await session.run(mapValues(feeds, tensor)), plain));
process.stdout.write(JSON.stringify(outputs));
