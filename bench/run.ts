import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import type { Measurement, Reading } from "./measurement.js";
import { analyze } from "./measurements/analyze.js";
import { crf } from "./measurements/crf.js";
import { firstAnswer } from "./measurements/first-answer.js";
import { hmmTagging } from "./measurements/hmm-tagging.js";
import { linearSolvers } from "./measurements/linear-solvers.js";
import { modelLoading } from "./measurements/model-loading.js";
import { modelSpeed } from "./measurements/model-speed.js";
import { naiveBayes } from "./measurements/naive-bayes.js";
import { ngram } from "./measurements/ngram.js";
import { onnxConcurrentCalls } from "./measurements/onnx-concurrent-calls.js";
import { onnxEqualLengths } from "./measurements/onnx-equal-lengths.js";
import { onnxEventLoop } from "./measurements/onnx-event-loop.js";
import { onnxMemory } from "./measurements/onnx-memory.js";
import { onnxMixedLengths } from "./measurements/onnx-mixed-lengths.js";
import { onnxOverhead } from "./measurements/onnx-overhead.js";
import { onnxWriting } from "./measurements/onnx-writing.js";
import { predicting } from "./measurements/predicting.js";
import { scoring } from "./measurements/scoring.js";
import { tokenizers } from "./measurements/tokenizers.js";
import { training } from "./measurements/training.js";
import { vectorizing } from "./measurements/vectorizing.js";
import { peers } from "./peers.js";

/** All that is measured, by the names of their files. */
const measurements: Readonly<Record<string, Measurement>> = {
  "first-answer": firstAnswer,
  analyze,
  "naive-bayes": naiveBayes,
  predicting,
  scoring,
  "linear-solvers": linearSolvers,
  training,
  crf,
  "hmm-tagging": hmmTagging,
  ngram,
  tokenizers,
  vectorizing,
  "model-loading": modelLoading,
  "model-speed": modelSpeed,
  "onnx-mixed-lengths": onnxMixedLengths,
  "onnx-equal-lengths": onnxEqualLengths,
  "onnx-concurrent-calls": onnxConcurrentCalls,
  "onnx-overhead": onnxOverhead,
  "onnx-writing": onnxWriting,
  "onnx-event-loop": onnxEventLoop,
  "onnx-memory": onnxMemory,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in measurements));
if (unknown.length > 0) {
  console.error(`No measurement is called ${unknown.join(", ")}. There are ${Object.keys(measurements).join(", ")}.`);
  process.exit(2);
}

const results: Record<string, Reading[]> = {};
for (const [file, { name, measure }] of Object.entries(measurements)) {
  if (asked.length > 0 && !asked.includes(file)) continue;
  console.log(`\n${name}`);
  results[name] = await measure().catch(told);
  for (const reading of results[name]) console.log(lineOf(reading));
}

const { version } = createRequire(import.meta.url)("../package.json") as { version: string };
const machine = {
  bifocal: version,
  peers: Object.fromEntries(peers.map((peer) => [peer.name, peer.version])),
  node: process.versions.node,
  cpu: cpus()[0]?.model ?? "unknown",
  cores: cpus().length,
};
const folder = fileURLToPath(new URL("results/", import.meta.url));
const file = `${folder}${new Date().toISOString().slice(0, 19).replaceAll(":", "")}.json`;
mkdirSync(folder, { recursive: true });
writeFileSync(file, `${JSON.stringify({ machine, results }, null, 2)}\n`);
console.log(`\n${machine.cpu}, ${machine.cores} cores, Node ${machine.node}; written to bench/results/`);

/** One measurement that fails does not take the others with it. */
function told(error: unknown): Reading[] {
  console.log(`  Skipped: ${error instanceof Error ? error.message : String(error)}`);
  return [];
}

function lineOf({ what, value, unit, goal, ratios = [] }: Reading): string {
  const notes = ratios.map(
    (ratio) => `${ratio.value.toFixed(2)} × ${ratio.to}${ratio.goal === undefined ? "" : ` (goal ${ratio.goal})`}`,
  );
  if (goal !== undefined) notes.push(`goal ${goal} ${unit}`);
  return `  ${what.padEnd(74)} ${value.toFixed(value < 10 ? 1 : 0).padStart(7)} ${unit.padEnd(8)} ${notes.join(", ")}`.trimEnd();
}
