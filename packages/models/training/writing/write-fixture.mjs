// Continues texts as a user of the Hub's library would: node write-fixture.mjs FOLDER DTYPE < texts.json > results.json
import { readFileSync, realpathSync } from "node:fs";
import { basename, dirname } from "node:path";
import { pathToFileURL } from "node:url";

const folder = new URL("../../../core/node_modules/@xenova/transformers", import.meta.url);
const { env, pipeline } = await import(`${pathToFileURL(realpathSync(folder)).href}/dist/transformers.node.mjs`);
Object.assign(env, { allowRemoteModels: false, localModelPath: dirname(process.argv[2]) });

const write = await pipeline("text-generation", basename(process.argv[2]), { dtype: process.argv[3] });
const texts = JSON.parse(readFileSync(0, "utf8"));
const ids = texts.map((text) => write.tokenizer(text).input_ids.tolist()[0].map(Number));
const written = [];
for (const text of texts) {
  const [result] = await write(text, { max_new_tokens: 12, do_sample: false, return_full_text: false });
  written.push(result.generated_text);
}
process.stdout.write(JSON.stringify({ ids, written }));
