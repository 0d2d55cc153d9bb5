// Summarizes as a user of the Hub's library would: node summarize-fixture.mjs FOLDER DTYPE < texts.json > results.json
import { readFileSync, realpathSync } from "node:fs";
import { basename, dirname } from "node:path";
import { pathToFileURL } from "node:url";

const folder = new URL("../../../core/node_modules/@xenova/transformers", import.meta.url);
const { AutoModelForSeq2SeqLM, AutoTokenizer, env } = await import(
  `${pathToFileURL(realpathSync(folder)).href}/dist/transformers.node.mjs`
);
Object.assign(env, { allowRemoteModels: false, localModelPath: dirname(process.argv[2]) });

const name = basename(process.argv[2]);
const tokenizer = await AutoTokenizer.from_pretrained(name);
const model = await AutoModelForSeq2SeqLM.from_pretrained(name, { dtype: process.argv[3] });
const results = [];
for (const text of JSON.parse(readFileSync(0, "utf8"))) {
  const read = tokenizer(text);
  const written = await model.generate({ ...read, num_beams: 1, no_repeat_ngram_size: 0, max_length: 16 });
  const [summary] = tokenizer.batch_decode(written, { skip_special_tokens: true });
  results.push({ ids: read.input_ids.tolist()[0].map(Number), summary });
}
process.stdout.write(JSON.stringify(results));
