import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type LinearOptions, trainLinear } from "../../packages/classical/src/discriminative/train-linear.js";
import { learnRows } from "../../packages/classical/src/features/learn-rows.js";
import type { SparseDataset } from "../../packages/classical/src/features/sparse-dataset.js";
import { textLearning } from "../../packages/classical/src/features/text-settings.js";
import { checkSettings, learnerNamed } from "../../packages/classical/src/learners.js";
import type { Measurement, Reading } from "../measurement.js";
import { python } from "../run-child.js";

const adapter = fileURLToPath(new URL("../peer-adapters/liblinear.py", import.meta.url));
const dataPath = (name: string) => fileURLToPath(new URL(`../../../shared/data/${name}.jsonl`, import.meta.url));

const dataSets = ["rt-polarity/all", "subj/all", "20newsgroups/train"];
const losses = [
  { loss: "squared-hinge", solvers: [1] },
  { loss: "hinge", solvers: [3] },
  { loss: "logistic", solvers: [7, 0] },
] as const;
const cost = 0.1;

/** How near the least objective counts as there. */
const near = 1e-3;
const ourTolerances = [1e-2, 5e-3, 2e-3, 1e-3];
const theirTolerances = [1, 0.5, 0.3, 0.1, 0.05, 0.02, 0.01, 0.003, 0.001];

/** What one tolerance came to. */
interface Run {
  readonly seconds: number;
  readonly processorSeconds: number;
  readonly objective: number;
}

/**
 * The solvers of this package and of LIBLINEAR on the same rows (presence of words and pairs of words), without reading
 * them: the time at the loosest tolerance at which the objective is within a thousandth of the least one. Ours is warm,
 * and has both cores where there are several labels; LIBLINEAR has one thread.
 */
export const linearSolvers: Measurement = {
  name: "linear solvers, to within 1e-3 of the least objective",
  async measure() {
    const readings: Reading[] = [];
    for (const name of dataSets.filter((each) => existsSync(dataPath(each)))) {
      const data = readRows(name);
      const folder = mkdtempSync(join(tmpdir(), "bifocal-solvers-"));
      writeRows(data, join(folder, "rows"));
      for (const each of losses) readings.push(...(await compare(name, data, join(folder, "rows"), each)));
      rmSync(folder, { recursive: true });
    }
    if (readings.length === 0) console.log("Skipped: ../shared/data is not at hand.");
    return readings;
  },
};

async function compare(
  name: string,
  data: SparseDataset,
  file: string,
  { loss, solvers }: (typeof losses)[number],
): Promise<Reading[]> {
  const least = (await ours(data, loss, 1e-6)).objective;
  const our = await loosest(ourTolerances, least, (tolerance) => ours(data, loss, tolerance));
  const what = `${name}, ${loss}`;
  if (our === undefined) throw new Error(`${what} did not reach its own least objective.`);
  const readings: Reading[] = [];
  for (const solver of solvers) {
    const their = await loosest(theirTolerances, least, (tolerance) => theirs(file, solver, tolerance));
    if (their === undefined) console.log(`Skipped: LIBLINEAR -s ${solver} could not be run through python3.`);
    else readings.push(reading(`${what}, LIBLINEAR -s ${solver}`, their));
    const ratios = their && [
      { to: `-s ${solver}`, value: our.seconds / their.seconds },
      { to: "its processor time", value: our.processorSeconds / their.processorSeconds },
    ];
    readings.push({ ...reading(what, our), ...(ratios && { ratios }) });
  }
  return readings;
}

function reading(what: string, { seconds }: Run): Reading {
  return { what, value: seconds * 1000, unit: "ms" };
}

/** The first run that comes near the least objective. */
async function loosest(
  tolerances: readonly number[],
  least: number,
  run: (tolerance: number) => Run | undefined | Promise<Run | undefined>,
): Promise<Run | undefined> {
  for (const tolerance of tolerances) {
    const found = await run(tolerance);
    if (found === undefined || found.objective <= least * (1 + near)) return found;
  }
  return undefined;
}

/** The fastest of as many runs as fit two seconds, from 3 to 15, after one to warm up. */
async function ours(data: SparseDataset, loss: LinearOptions["loss"], tolerance: number): Promise<Run> {
  const options: LinearOptions = {
    loss,
    multiclass: "one-vs-rest",
    optimizer: "dual-coordinate-descent",
    l1: 0,
    l2: 1 / (cost * data.rows),
    bias: false,
    tolerance,
    iterations: 10_000,
    seed: 1,
  };
  let [seconds, processorSeconds, objective] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0];
  const began = performance.now();
  for (let run = 0; run < 4 || (run < 16 && performance.now() - began < 2000); run++) {
    const [start, used] = [performance.now(), process.cpuUsage()];
    ({ objective } = await trainLinear(data, options, { workers: cpus().length }));
    const { user, system } = process.cpuUsage(used);
    if (run > 0) seconds = Math.min(seconds, (performance.now() - start) / 1000);
    if (run > 0) processorSeconds = Math.min(processorSeconds, (user + system) / 1e6);
  }
  return { seconds, processorSeconds, objective };
}

function theirs(file: string, solver: number, tolerance: number): Run | undefined {
  const env = { ...process.env, OMP_NUM_THREADS: "1" };
  const args = [adapter, file, `${solver}`, `${cost}`, `${tolerance}`];
  const { status, stdout } = spawnSync(python, args, { encoding: "utf8", env });
  return status === 0 ? (JSON.parse(stdout) as Run) : undefined;
}

function readRows(name: string): SparseDataset {
  const lines = readFileSync(dataPath(name), "utf8").trimEnd().split("\n");
  const settings = checkSettings(learnerNamed("linear-svm"), { maximumFeatures: 10_000_000 });
  return learnRows(
    lines.map((line) => JSON.parse(line)),
    textLearning(settings),
  ).data;
}

function writeRows({ rows, targets, offsets, indices, values }: SparseDataset, file: string): void {
  const lines: string[] = [];
  for (let row = 0; row < rows; row++) {
    const parts = [`${targets[row]}`];
    for (let k = offsets[row]; k < offsets[row + 1]; k++) parts.push(`${indices[k] + 1}:${values[k]}`);
    lines.push(parts.join(" "));
  }
  writeFileSync(file, `${lines.join("\n")}\n`);
}
