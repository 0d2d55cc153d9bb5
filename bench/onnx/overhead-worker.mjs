/**
 * The engine's own worker, which also keeps what it gives the runtime: asked to over a connection, it gives the runtime
 * the same again, or reads the texts again, and tells the milliseconds that this took.
 */
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { onnxRuntime, openLibrary } from "./library.mjs";

const { AutoTokenizer } = await openLibrary();
const tokenizer = await AutoTokenizer.from_pretrained(process.env.BENCH_MODEL);
const run = onnxRuntime.InferenceSession.prototype.run;
let [fed, session] = [[], undefined];

onnxRuntime.InferenceSession.prototype.run = function (feeds, ...more) {
  fed.push(feeds);
  session = this;
  return run.call(this, feeds, ...more);
};

const again = {
  forget: () => {
    fed = [];
  },
  async bare() {
    for (const feeds of fed) await run.call(session, feeds);
  },
  tokenize({ texts }) {
    for (const text of texts) tokenizer.encode(text, { add_special_tokens: false });
  },
};

const connection = connect(Number(process.env.BENCH_PORT), "127.0.0.1");
createInterface(connection).on("line", async (line) => {
  const { way, texts } = JSON.parse(line);
  const start = performance.now();
  await again[way]({ texts });
  connection.write(`${performance.now() - start}\n`);
});

await import("../../packages/core/dist/engines/worker.js");
