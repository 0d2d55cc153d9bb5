/**
 * One side of a comparison: classifies texts by an ONNX encoder, by ours or by @huggingface/transformers called directly.
 * Arguments: ours or library, the model's folder, and of the library in how many threads (default: as it comes).
 * A task is `{ way, texts, size }`; the answer is `{ seconds, latenciesMs }`, of calls made at once.
 */
import { openLibrary } from "./library.mjs";

const [side, folder, threads] = process.argv.slice(2);

const openers = {
  async ours() {
    const { openOnnxModel } = await import("../../packages/core/dist/open-onnx-model.js");
    const model = await openOnnxModel("text-classification", folder, { dtype: "fp32" });
    return (texts) => model.classify(texts);
  },
  async library() {
    const { pipeline } = await openLibrary();
    const session_options = threads === undefined ? {} : { intraOpNumThreads: Number(threads) };
    return pipeline("text-classification", folder, { dtype: "fp32", session_options });
  },
};

const ways = {
  "one call": (classify, texts) => classify(texts),
  async "one by one"(classify, texts) {
    for (const text of texts) await classify([text]);
  },
  async batches(classify, texts, size) {
    for (let at = 0; at < texts.length; at += size) await classify(texts.slice(at, at + size));
  },
  /** As a server has them: a call for each text, all made at once. */
  "at once": (classify, texts) =>
    Promise.all(
      texts.map(async (text) => {
        const start = performance.now();
        await classify([text]);
        return performance.now() - start;
      }),
    ),
};

// At the first task: sides that open at once would disturb each other.
let opening;
process.on("message", async ({ way, texts, size }) => {
  opening ??= openers[side]();
  const classify = await opening;
  const start = performance.now();
  const latenciesMs = await ways[way](classify, texts, size);
  const seconds = (performance.now() - start) / 1000;
  process.send({ seconds, ...(way === "at once" && { latenciesMs }) });
});
