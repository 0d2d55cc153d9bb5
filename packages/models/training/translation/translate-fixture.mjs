// Translates as a user of the Hub's library would: node translate-fixture.mjs FOLDER DTYPE < texts.json > results.json
import { readFileSync, realpathSync } from "node:fs";
import { basename, dirname } from "node:path";
import { pathToFileURL } from "node:url";

const folder = new URL("../../../core/node_modules/@xenova/transformers", import.meta.url);
const { env, pipeline } = await import(`${pathToFileURL(realpathSync(folder)).href}/dist/transformers.node.mjs`);
Object.assign(env, { allowRemoteModels: false, localModelPath: dirname(process.argv[2]) });

const translate = await pipeline("translation", basename(process.argv[2]), { dtype: process.argv[3] });
const texts = JSON.parse(readFileSync(0, "utf8"));
const ids = texts.map((text) => translate.tokenizer(text).input_ids.tolist()[0].map(Number));
const translations = [];
for (const text of texts) {
  const [result] = await translate(text, { src_lang: "en", tgt_lang: "fr", max_new_tokens: 20 });
  translations.push(result.translation_text);
}
process.stdout.write(JSON.stringify({ ids, translations }));
