/**
 * Classifies texts by an ONNX encoder and prints texts a second (or the 99th percentile of how late the event loop is, in
 * milliseconds) and the memory of the process.
 * Arguments: side, folder of the model, file of texts as a JSON list.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { monitorEventLoopDelay } from "node:perf_hooks";

const [side, folder, file] = process.argv.slice(2);
const texts = JSON.parse(readFileSync(file, "utf8"));
const core = new URL("../../packages/core/", import.meta.url);

const sides = {
  /** One call. */
  async ours() {
    const model = await openOurs();
    return () => model.classify(texts);
  },
  /** A call for each text, all at once: as a server has them. */
  async "ours concurrent"() {
    const model = await openOurs();
    return () => Promise.all(texts.map((text) => model.classify([text])));
  },
  /** One call of long texts, while the event loop says every millisecond how late it is. */
  async "ours, event loop"() {
    const model = await openOurs();
    return () => model.classify(texts);
  },
  async "library in batches"() {
    const classify = await openLibrary();
    const size = Number(process.argv[5]);
    return async () => {
      for (let at = 0; at < texts.length; at += size) await classify(texts.slice(at, at + size));
    };
  },
  async "library one by one"() {
    const classify = await openLibrary();
    return async () => {
      for (const text of texts) await classify(text);
    };
  },
  async "library concurrent"() {
    const classify = await openLibrary();
    return () => Promise.all(texts.map((text) => classify(text)));
  },
};

async function openOurs() {
  const { openOnnxModel } = await import(new URL("dist/open-onnx-model.js", core).href);
  return openOnnxModel("text-classification", folder, { dtype: "fp32" });
}

async function openLibrary() {
  const entry = createRequire(new URL("package.json", core)).resolve("@xenova/transformers");
  const { env, pipeline } = await import(entry);
  env.localModelPath = "";
  env.allowRemoteModels = false;
  return pipeline("text-classification", folder, { dtype: "fp32" });
}

const run = await sides[side]();
await run();
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const start = performance.now();
await run();
const seconds = (performance.now() - start) / 1000;
delay.disable();
const value = side.endsWith("event loop") ? delay.percentile(99) / 1e6 : texts.length / seconds;
console.log(JSON.stringify({ value, megabytes: process.resourceUsage().maxRSS / 1024 }));
process.exit(0);
