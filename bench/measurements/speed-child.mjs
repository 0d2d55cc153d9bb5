// Measures one model, ours or a peer's, in a process of its own: prints texts a second and the memory that it holds.
import { readFileSync } from "node:fs";

const [file, kind, name, task] = process.argv.slice(2);
const { items } = JSON.parse(readFileSync(file, "utf8"));
const open = { model: openOurs, peer: openPeer };
const call = await open[kind]();
const sentences = items.slice(0, 2000).map(({ text }) => text);
const texts = task === "summarization" ? documentsOf(sentences) : sentences;
const size = Math.min(100, texts.length / 10);
let next = 0;

await textsPerSecond(500);
const rates = [];
for (let slice = 0; slice < 5; slice++) rates.push(await textsPerSecond(300));
rates.sort((a, b) => a - b);
console.log(JSON.stringify({ textsPerSecond: rates[2], megabytes: process.memoryUsage.rss() / 1e6 }));

/** Twenty sentences each: there is nothing to summarize in one. */
function documentsOf(sentences) {
  return Array.from({ length: sentences.length / 20 }, (_, i) => sentences.slice(20 * i, 20 * i + 20).join(" "));
}

/** How many it reads at once, and one batch after another, for so many milliseconds. */
async function textsPerSecond(milliseconds) {
  const start = performance.now();
  let done = 0;
  while (performance.now() - start < milliseconds) {
    const batch = texts.slice(next, next + size);
    await call(batch);
    done += batch.length;
    next = (next + size) % texts.length;
  }
  return done / ((performance.now() - start) / 1000);
}

async function openOurs() {
  const { openModel } = await import("bifocal");
  const model = await openModel(task, name);
  if ("classify" in model) return (batch) => model.classify(batch);
  if ("tag" in model) return (batch) => model.tag(batch);
  return (batch) => model.generate(batch, { maxNewTokens: 20 });
}

async function openPeer() {
  const peer = await import(`../peer-adapters/${name}.mjs`);
  return peer.open(items);
}
