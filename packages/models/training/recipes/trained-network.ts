import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ModelOfTask, Task } from "@bifocal/contracts";
import { type Catalog, type OpenOptionsOf, openModelFrom } from "@bifocal/core";
import type { Chosen } from "../../src/index.js";

/** What an `export.py` says of the weights. */
export interface Training {
  readonly step: number;
  readonly parameters: number;
  readonly settings: { readonly steps: number; readonly precision: string };
  /** Those of `train.py` that give these settings. */
  readonly options: string;
}

/** A line of `log.jsonl`: losses over some steps, or a measurement on held-out data. */
interface LogLine {
  readonly step: number;
  readonly secondsAStep?: number;
  readonly [figure: string]: number | string | undefined;
}

/** A network that a program in Python trained, exported to a folder in the Hub's layout. */
export interface TrainedNetwork<T extends Training> {
  readonly folder: string;
  readonly training: T;
  /** To the step whose weights these are. */
  readonly log: readonly LogLine[];
}

/**
 * Exports what a program of `PROGRAM/` has trained, from the folder that BIFOCAL_CHECKPOINTS names or its own.
 * @param program the folder beside this one: "translation"
 * @param usual where its program keeps the checkpoints
 */
export function exportNetwork<T extends Training>(
  program: string,
  usual = `.checkpoints/${program}`,
): TrainedNetwork<T> {
  const checkpoints = process.env.BIFOCAL_CHECKPOINTS ?? usual;
  if (!existsSync(join(checkpoints, "best.pt")))
    throw new Error(
      `There is no trained network in ${checkpoints}: train it first, as packages/models/training/${program}/README.md says, or name its folder by BIFOCAL_CHECKPOINTS.`,
    );
  const folder = mkdtempSync(join(tmpdir(), `bifocal-${program}-`));
  const script = fileURLToPath(new URL(`../${program}/export.py`, import.meta.url));
  const options = ["--checkpoints", checkpoints, "--output", folder];
  execFileSync(process.env.PYTHON ?? "python3", [script, ...options], { stdio: "inherit" });
  const training = JSON.parse(readFileSync(join(folder, "training.json"), "utf8")) as T;
  const log = readLog(join(checkpoints, "log.jsonl")).filter(({ step }) => step <= training.step);
  return { folder, training, log };
}

/** The lines of a `log.jsonl`. */
export function readLog(file: string): LogLine[] {
  const lines = readFileSync(file, "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as LogLine);
}

/** The step whose weights were kept, among those that were measured. */
export function chosenStep<T extends Training>(
  { training, log }: TrainedNetwork<T>,
  { figure, by, score }: { figure: string; by: string; score: number },
): Chosen {
  const measured = log.filter((line) => line[figure] !== undefined).map(({ step }) => step);
  return { settings: { steps: training.step }, among: { steps: [...new Set(measured)] }, by, score };
}

/** Each line of losses stands for the steps since the one before. */
export function hoursOf(log: readonly LogLine[]): number {
  const timed = log.filter((line) => line.secondsAStep !== undefined);
  const seconds = timed.map(({ step, secondsAStep = 0 }, i) => (step - (timed[i - 1]?.step ?? 0)) * secondsAStep);
  return seconds.reduce((sum, each) => sum + each, 0) / 3600;
}

/** As a user's pipeline opens a folder. */
export function openNetwork<T extends Task>(task: T, folder: string, dtype: "q8" | "fp32"): Promise<ModelOfTask[T]> {
  const catalog: Catalog = [];
  const reasons = {
    "text-classification": {},
    "sentiment-analysis": {},
    ner: {},
    summarization: {},
    translation: {},
    "text-generation": {},
  };
  const openFile = () => Promise.reject(new Error("no files here"));
  return openModelFrom({ catalog, reasons, openFile }, task, folder, { dtype } as OpenOptionsOf<T>);
}
