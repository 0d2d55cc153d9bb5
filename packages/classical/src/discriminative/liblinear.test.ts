import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { randomDataset } from "../../testing/random-dataset.js";
import type { SparseDataset } from "../features/sparse-dataset.js";
import { type LossName, marginLosses } from "../optimize/margin-losses.js";
import { trainLinear } from "./train-linear.js";

/** Objectives that LIBLINEAR 2.3 reaches at its tightest tolerance; the last test makes them again where it is installed. */
const goldens = [
  { loss: "squared-hinge", solver: 1, labels: 2, presence: true, cost: 1, objective: 0.0527796914 },
  { loss: "hinge", solver: 3, labels: 2, presence: true, cost: 0.1, objective: 0.2777498382 },
  { loss: "logistic", solver: 7, labels: 2, presence: false, cost: 1, objective: 0.4517273584 },
  { loss: "logistic", solver: 0, labels: 2, presence: false, cost: 100_000, objective: 0.0018376105 },
  { loss: "squared-hinge", solver: 1, labels: 2, presence: true, cost: 1000, objective: 0.0000663514 },
  { loss: "logistic", solver: 0, labels: 4, presence: true, cost: 1, objective: 1.0856110165 },
  { loss: "squared-hinge", solver: 1, labels: 4, presence: false, cost: 0.1, objective: 2.2370721956 },
] as const;

type Golden = (typeof goldens)[number];

const dataOf = ({ labels, presence }: Golden) => randomDataset({ rows: 120, columns: 90, labels, seed: 3, presence });
const l2Of = ({ cost }: Golden, { rows }: SparseDataset) => 1 / (cost * rows);

test.each(goldens)(
  "$loss of $labels labels comes within 1e-4 of LIBLINEAR's objective, however it is reached",
  async (golden) => {
    const data = dataOf(golden);
    for (const optimizer of ["dual-coordinate-descent", "lbfgs"] as const) {
      if (optimizer === "lbfgs" && golden.loss === "hinge") continue;
      const { objective, weights, bias } = await trainLinear(data, {
        loss: golden.loss,
        multiclass: "one-vs-rest",
        optimizer,
        l1: 0,
        l2: l2Of(golden, data),
        bias: false,
        tolerance: 1e-6,
        iterations: 10_000,
        seed: 1,
      });
      expect(objective / golden.objective).toBeCloseTo(1, 4);
      expect(bias.every((each) => each === 0)).toBe(true);
      expect(objectiveOf(data, weights, golden.loss, l2Of(golden, data)) / golden.objective).toBeCloseTo(1, 4);
    }
  },
);

const isInstalled = spawnSync("liblinear-train", []).error === undefined;

test.skipIf(!isInstalled).each(goldens)(
  "LIBLINEAR -s $solver gives the same (skipped where liblinear-train is missing)",
  (golden) => {
    const data = dataOf(golden);
    const weights = trainByLiblinear(data, golden);
    const objective = objectiveOf(data, weights, golden.loss, l2Of(golden, data));
    expect(objective).toBeCloseTo(golden.objective, 7);
  },
);

/** Mean loss + (l2 / 2) ‖w‖² of one label against the rest, added up over labels; written apart from what is tested. */
function objectiveOf(data: SparseDataset, weights: ArrayLike<number>, loss: LossName, l2: number): number {
  const outputs = weights.length / data.columns;
  const { value } = marginLosses[loss];
  let sum = (l2 / 2) * Array.from(weights).reduce((squares, weight) => squares + weight * weight, 0);
  for (let row = 0; row < data.rows; row++) {
    for (let o = 0; o < outputs; o++) {
      let output = 0;
      for (let k = data.offsets[row]; k < data.offsets[row + 1]; k++)
        output += data.values[k] * weights[data.indices[k] * outputs + o];
      const isPositive = data.targets[row] === (outputs === 1 ? 1 : o);
      sum += value(isPositive ? output : -output) / data.rows;
    }
  }
  return sum;
}

/** columns × outputs: `liblinear-train -s … -c … -e 1e-10 -B -1` on the rows as a svmlight file. */
function trainByLiblinear(data: SparseDataset, { solver, cost }: Golden): number[] {
  const folder = mkdtempSync(join(tmpdir(), "bifocal-liblinear-"));
  const [rows, model] = [join(folder, "rows"), join(folder, "model")];
  writeFileSync(rows, svmlightOf(data));
  const { status } = spawnSync("liblinear-train", [
    "-q",
    "-s",
    `${solver}`,
    "-c",
    `${cost}`,
    "-e",
    "1e-10",
    "-B",
    "-1",
    rows,
    model,
  ]);
  expect(status).toBe(0);
  const lines = readFileSync(model, "utf8").trimEnd().split("\n");
  rmSync(folder, { recursive: true });
  const order = (lines.find((line) => line.startsWith("label")) as string).split(" ").slice(1).map(Number);
  const found = lines.slice(lines.indexOf("w") + 1).map((line) => line.trim().split(" ").map(Number));
  // Two labels have one output, that of the label that comes first; more have theirs in LIBLINEAR's order.
  if (order.length === 2) return found.map(([weight]) => (order[0] === 1 ? weight : -weight));
  return found.flatMap((row) => data.labels.map((_, label) => row[order.indexOf(label)]));
}

function svmlightOf(data: SparseDataset): string {
  const lines = Array.from(data.targets, (target, row) => {
    let line = `${target}`;
    for (let k = data.offsets[row]; k < data.offsets[row + 1]; k++) line += ` ${data.indices[k] + 1}:${data.values[k]}`;
    // The last column must be there for all columns to be: LIBLINEAR counts them.
    return row === 0 && !line.includes(` ${data.columns}:`) ? `${line} ${data.columns}:0` : line;
  });
  return `${lines.join("\n")}\n`;
}
