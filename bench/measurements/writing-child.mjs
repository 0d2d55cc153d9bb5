/**
 * Writes by an ONNX decoder, greedily, and prints tokens a second and the memory of the process.
 * Arguments: side (ours or library), folder of the model, how many prompts at once (the library takes them one by one).
 */
import { createRequire } from "node:module";

const [side, folder, count] = process.argv.slice(2);
const core = new URL("../../packages/core/", import.meta.url);
const beginnings = [
  "Once upon a time",
  "Lily and Tom",
  "The big dog",
  "One day, a little girl",
  "There was a",
  "Mom said",
];
const prompts = Array.from({ length: Number(count) }, (_, i) => beginnings[i % beginnings.length]);
const maxNewTokens = 128;

const sides = {
  async ours() {
    const { openOnnxModel } = await import(new URL("dist/open-onnx-model.js", core).href);
    const model = await openOnnxModel("text-generation", folder, { dtype: "fp32" });
    return async () => {
      const generations = await model.generate(prompts, { maxNewTokens });
      return generations.reduce((sum, { tokens }) => sum + tokens, 0);
    };
  },
  async library() {
    const entry = createRequire(new URL("package.json", core)).resolve("@xenova/transformers");
    const { AutoModelForCausalLM, AutoTokenizer, env } = await import(entry);
    env.localModelPath = "";
    env.allowRemoteModels = false;
    const tokenizer = await AutoTokenizer.from_pretrained(folder);
    const model = await AutoModelForCausalLM.from_pretrained(folder, { dtype: "fp32" });
    return async () => {
      let tokens = 0;
      for (const prompt of prompts) {
        const inputs = tokenizer(prompt);
        const ids = await model.generate({ ...inputs, max_new_tokens: maxNewTokens, do_sample: false });
        tokens += ids.dims[1] - inputs.input_ids.dims[1];
      }
      return tokens;
    };
  },
};

const run = await sides[side]();
await run();
const start = performance.now();
const tokens = await run();
const seconds = (performance.now() - start) / 1000;
console.log(JSON.stringify({ value: tokens / seconds, megabytes: process.resourceUsage().maxRSS / 1024 }));
process.exit(0);
