// Asks as a user of the Hub's library would: node classify-fixture.mjs FOLDER TASK < texts.json > results.json
import { readFileSync, realpathSync } from "node:fs";
import { basename, dirname } from "node:path";
import { pathToFileURL } from "node:url";

const folder = new URL("../../../core/node_modules/@xenova/transformers", import.meta.url);
const { env, pipeline } = await import(`${pathToFileURL(realpathSync(folder)).href}/dist/transformers.node.mjs`);
Object.assign(env, { allowRemoteModels: false, localModelPath: dirname(process.argv[2]) });

const ask = await pipeline(process.argv[3], basename(process.argv[2]), { dtype: "fp32" });
const texts = JSON.parse(readFileSync(0, "utf8"));
const ids = texts.map((text) => ask.tokenizer(text).input_ids.tolist()[0].map(Number));
const scores = [];
for (const text of texts) scores.push((await ask(text, { ignore_labels: [] })).map(({ score }) => score));
process.stdout.write(JSON.stringify({ ids, scores }));
