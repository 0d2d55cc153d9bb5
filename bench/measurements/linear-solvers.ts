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
import { middleOf } from "../middle-of.js";
import { longestMs, python } from "../run-child.js";

const adapter = fileURLToPath(new URL("../peer-adapters/liblinear.py", import.meta.url));
const dataPath = (name: string) => fileURLToPath(new URL(`../../../shared/data/${name}.jsonl`, import.meta.url));

const dataSets = ["rt-polarity/all", "subj/all", "20newsgroups/train"];
/** Of LIBLINEAR's solvers of the logistic loss the faster one on these rows. */
const losses = [
  { loss: "squared-hinge", solver: 1 },
  { loss: "hinge", solver: 3 },
  { loss: "logistic", solver: 7 },
] as const;
const cost = 0.1;

/** So often both sides take turns where a training is short: how fast a machine is may change within seconds. */
const turns = 5;
const shortSeconds = 0.1;

/** How near the least objective counts as there. */
const near = 1e-3;
const ourTolerances = [2e-2, 1.5e-2, 1e-2, 8e-3, 6e-3, 5e-3, 4e-3, 3e-3, 2e-3, 1.5e-3, 1.2e-3, 1e-3];
const theirTolerances = [2, 1, 0.7, 0.5, 0.3, 0.2, 0.15, 0.1, 0.07, 0.05, 0.03, 0.02, 0.015, 0.01, 0.003];

/** What one tolerance came to. */
interface Run {
  readonly tolerance: number;
  readonly seconds: number;
  readonly processorSeconds: number;
  readonly objective: number;
}

/**
 * The solvers of this package and of LIBLINEAR on the same rows (presence of words and pairs of words), without reading
 * them: the time at the loosest tolerance at which the objective is within a thousandth of the least one; where that is
 * short the turn of the middle ratio. Ours is warm, and has both cores where there are several labels; LIBLINEAR has one thread.
 */
export const linearSolvers: Measurement = {
  name: "linear solvers, to within 1e-3 of the least objective",
  async measure() {
    const readings: Reading[] = [];
    for (const name of dataSets.filter((each) => existsSync(dataPath(each)))) {
      const data = readRows(name);
      if (readings.length === 0) readings.push(await firstTraining(name, data));
      const folder = mkdtempSync(join(tmpdir(), "bifocal-solvers-"));
      writeRows(data, join(folder, "rows"));
      for (const each of losses) readings.push(...(await compare(name, data, join(folder, "rows"), each)));
      rmSync(folder, { recursive: true });
    }
    if (readings.length === 0) console.log("  Skipped: ../shared/data is not at hand.");
    return readings;
  },
};

async function compare(
  name: string,
  data: SparseDataset,
  file: string,
  { loss, solver }: (typeof losses)[number],
): Promise<Reading[]> {
  const enough = (await train(data, loss, 1e-4)) * (1 + near);
  const run = (tolerance: number) => ours(data, loss, tolerance);
  const our = await loosest(ourTolerances, enough, run);
  const what = `${name}, ${loss}`;
  if (our === undefined) throw new Error(`${what} did not reach its own least objective.`);
  const their = theirs(file, solver, enough, theirTolerances);
  const peer = `LIBLINEAR -s ${solver}`;
  if (their === undefined) {
    console.log(`  Skipped: ${peer} could not be run through Python, or did not reach the objective of ${what}.`);
    return [reading(what, our)];
  }
  const pairs: Pair[] = [{ our, their }];
  for (let turn = 1; turn < turns && our.seconds < shortSeconds; turn++) {
    const again = theirs(file, solver, enough, [their.tolerance]);
    if (again !== undefined) pairs.push({ our: await run(our.tolerance), their: again });
  }
  const middle = middleOf(pairs, ratioOf);
  const ratios = [
    { to: `-s ${solver}`, value: ratioOf(middle) },
    { to: "its processor time", value: middle.our.processorSeconds / middle.their.processorSeconds },
  ];
  return [reading(`${what}, ${peer}`, middle.their), { ...reading(what, middle.our), ratios }];
}

/** A turn of each side, one after the other. */
interface Pair {
  readonly our: Run;
  readonly their: Run;
}

function ratioOf({ our, their }: Pair): number {
  return our.seconds / their.seconds;
}

function reading(what: string, { seconds }: Run): Reading {
  return { what, value: seconds * 1000, unit: "ms" };
}

/** The run at the loosest tolerance that comes down to the objective, looked for by halving. */
async function loosest(
  tolerances: readonly number[],
  enough: number,
  run: (tolerance: number) => Promise<Run>,
): Promise<Run | undefined> {
  if (tolerances.length === 0) return undefined;
  const middle = Math.floor(tolerances.length / 2);
  const reached = await run(tolerances[middle]);
  if (reached.objective > enough) return loosest(tolerances.slice(middle + 1), enough, run);
  return (await loosest(tolerances.slice(0, middle), enough, run)) ?? reached;
}

/** What a process pays that trains once: its code is compiled while it runs. */
async function firstTraining(name: string, data: SparseDataset): Promise<Reading> {
  const start = performance.now();
  await train(data, "squared-hinge", 2e-3);
  return {
    what: `${name}, squared-hinge, the first training of a process`,
    value: performance.now() - start,
    unit: "ms",
  };
}

/** After so many runs the code that they take is compiled. */
const warmingRuns = 10;

/** The fastest of as many runs as fit two seconds, ten at most, of those that come after the first, where they are short. */
async function ours(data: SparseDataset, loss: LinearOptions["loss"], tolerance: number): Promise<Run> {
  let objective = 0;
  const warmed = performance.now() + 1000;
  for (let run = 0; run === 0 || (run < warmingRuns && performance.now() < warmed); run++)
    objective = await train(data, loss, tolerance);
  const runs: Pick<Run, "seconds" | "processorSeconds">[] = [];
  const began = performance.now();
  while (runs.length === 0 || (runs.length < 10 && performance.now() - began < 2000)) {
    const [start, used] = [performance.now(), process.cpuUsage()];
    await train(data, loss, tolerance);
    const { user, system } = process.cpuUsage(used);
    runs.push({ seconds: (performance.now() - start) / 1000, processorSeconds: (user + system) / 1e6 });
  }
  const least = (what: keyof (typeof runs)[number]) => Math.min(...runs.map((run) => run[what]));
  return { tolerance, seconds: least("seconds"), processorSeconds: least("processorSeconds"), objective };
}

/** Trains, and gives the objective reached. */
async function train(data: SparseDataset, loss: LinearOptions["loss"], tolerance: number): Promise<number> {
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
  return (await trainLinear(data, options, { workers: cpus().length })).objective;
}

function theirs(file: string, solver: number, enough: number, tolerances: readonly number[]): Run | undefined {
  const env = { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
  const args = [adapter, file, `${solver}`, `${cost}`, `${enough}`, ...tolerances.map(String)];
  const { status, stdout } = spawnSync(python, args, { encoding: "utf8", env, timeout: longestMs });
  return status === 0 ? ((JSON.parse(stdout) as Run | null) ?? undefined) : undefined;
}

function readRows(name: string): SparseDataset {
  const lines = readFileSync(dataPath(name), "utf8").trimEnd().split("\n");
  const settings = checkSettings(learnerNamed("linear-svm"), { maximumFeatures: 10_000_000 });
  return learnRows(
    lines.map((line) => JSON.parse(line)),
    textLearning(settings),
  ).data;
}

/** Each array as it lies in memory, in a file of its name. */
function writeRows({ offsets, indices, values: given, targets }: SparseDataset, file: string): void {
  const values = given.length === 0 ? new Float32Array(indices.length).fill(1) : given;
  for (const [name, array] of Object.entries({ offsets, indices, values, targets }))
    writeFileSync(`${file}.${name}`, new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
}
