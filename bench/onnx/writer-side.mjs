/**
 * One side of a comparison: writes by an ONNX decoder, greedily, by ours or by @huggingface/transformers called directly,
 * which takes prompts one by one. Arguments: ours or library, the model's folder.
 * A task is a list of prompts; the answer is `{ seconds, tokens }`.
 */
import { openLibrary } from "./library.mjs";

const [side, folder] = process.argv.slice(2);
const maxNewTokens = 128;

const openers = {
  async ours() {
    const { openOnnxModel } = await import("../../packages/core/dist/open-onnx-model.js");
    const model = await openOnnxModel("text-generation", folder, { dtype: "fp32" });
    return async (prompts) => {
      const generations = await model.generate(prompts, { maxNewTokens });
      return generations.reduce((sum, { tokens }) => sum + tokens, 0);
    };
  },
  async library() {
    const { AutoModelForCausalLM, AutoTokenizer } = await openLibrary();
    const tokenizer = await AutoTokenizer.from_pretrained(folder);
    // As many threads as ours has for so small a network.
    const session_options = { intraOpNumThreads: 1 };
    const model = await AutoModelForCausalLM.from_pretrained(folder, { dtype: "fp32", session_options });
    return async (prompts) => {
      let tokens = 0;
      for (const prompt of prompts) {
        const inputs = tokenizer(prompt);
        const ids = await model.generate({ ...inputs, max_new_tokens: maxNewTokens, do_sample: false });
        tokens += ids.dims[1] - inputs.input_ids.dims[1];
        tokenizer.decode(ids.tolist()[0], { skip_special_tokens: true });
      }
      return tokens;
    };
  },
};

// At the first task: sides that open at once would disturb each other.
let opening;
process.on("message", async (prompts) => {
  opening ??= openers[side]();
  const write = await opening;
  const start = performance.now();
  const tokens = await write(prompts);
  process.send({ seconds: (performance.now() - start) / 1000, tokens });
});
