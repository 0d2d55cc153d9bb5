// Measures one reader of texts in a process of its own: prints tokens a second, or milliseconds, and its peak memory.
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

const features = "../../packages/classical/dist/features";
const [file, what, name] = process.argv.slice(2);
const measure = { tokens, rows };
console.log(JSON.stringify({ ...(await measure[what]()), megabytes: process.resourceUsage().maxRSS / 1000 }));

async function tokens() {
  const { tokenBounds } = await import(`${features}/tokenizers/tokenizer.js`);
  const { tokenizers } = await import(`${features}/tokenizers/tokenizers.js`);
  const { tokenize } = tokenizers[name];
  const texts = [];
  for await (const { text } of items()) texts.push(text);
  const bounds = tokenBounds();
  const speeds = [];
  // wink takes ten seconds for what takes the others a tenth of one.
  for (let repeat = 0; repeat < (name === "wink" ? 1 : 7); repeat++) {
    const start = performance.now();
    const count = texts.reduce((sum, text) => sum + tokenize(text, bounds), 0);
    speeds.push(count / ((performance.now() - start) / 1000));
  }
  return { value: Math.max(...speeds) };
}

/** A text at a time, as they come from the file: none is kept. */
async function rows() {
  const { createRowLearner } = await import(`${features}/learn-rows.js`);
  const { textLearning } = await import(`${features}/text-settings.js`);
  const learner = createRowLearner(textLearning({ values: "count", maximumFeatures: 1_300_000 }));
  let milliseconds = 0;
  for await (const { text, label } of items()) {
    const start = performance.now();
    learner.add(text, label);
    milliseconds += performance.now() - start;
  }
  const start = performance.now();
  learner.finish();
  return { value: milliseconds + performance.now() - start };
}

async function* items() {
  for await (const line of createInterface({ input: createReadStream(file) })) yield JSON.parse(line);
}
