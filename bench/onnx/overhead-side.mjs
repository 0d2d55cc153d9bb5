/**
 * Classifies texts by the engine, as any caller does, and prints by how many percent that takes longer than reading them
 * (tokens) and computing (bare session.run of the same padded tensors in the same session), the median of rounds in turn.
 * Arguments: the model's folder, the texts as a file of JSON, rounds, threads.
 */
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { startWorker } from "../../packages/core/dist/engines/worker-client.js";

const [folder, file, rounds, threads] = process.argv.slice(2);
const texts = JSON.parse(readFileSync(file, "utf8"));
const config = JSON.parse(readFileSync(`${folder}/config.json`, "utf8"));
const server = createServer().listen(0, "127.0.0.1");
const connected = once(server, "connection");
await once(server, "listening");
process.env.BENCH_PORT = server.address().port;
process.env.BENCH_MODEL = folder;
const request = { folder, head: "score", dtype: "fp32", config, threads: Number(threads) };
const worker = await startWorker("encoder", request, { entry: new URL("./overhead-worker.mjs", import.meta.url) });
const [connection] = await connected;
const answers = createInterface(connection);

async function again(way) {
  connection.write(`${JSON.stringify({ way, texts })}\n`);
  const [ms] = await once(answers, "line");
  return Number(ms);
}

async function ours() {
  const start = performance.now();
  await worker.call("score", { texts, options: {} }, { priority: "bulk" });
  return performance.now() - start;
}

await ours();
const overheads = [];
for (let round = 0; round < Number(rounds); round++) {
  await again("forget");
  const took = await ours();
  const bare = await again("bare");
  const reading = await again("tokenize");
  overheads.push(100 * ((took - reading) / bare - 1));
}
overheads.sort((a, b) => a - b);
const value = overheads[Math.floor(overheads.length / 2)];
console.log(JSON.stringify({ value, megabytes: process.resourceUsage().maxRSS / 1024 }));
process.exit(0);
