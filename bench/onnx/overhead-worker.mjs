/**
 * The engine's own worker, which also keeps what it gives the runtime: asked to over a channel, it gives the runtime the
 * same again, or reads the texts again.
 */
import { workerData } from "node:worker_threads";
import { onnxRuntime, openLibrary } from "./library.mjs";

const { AutoTokenizer } = await openLibrary();
const tokenizer = await AutoTokenizer.from_pretrained(workerData.folder);
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

const channel = new BroadcastChannel("bench");
channel.onmessage = async ({ data }) => {
  if (data.answer) return;
  const start = performance.now();
  await again[data.way](data);
  channel.postMessage({ answer: true, ms: performance.now() - start });
};

await import("../../packages/core/dist/engines/worker.js");
