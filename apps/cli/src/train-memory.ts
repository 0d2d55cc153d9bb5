import { statSync } from "node:fs";
import { BifocalError, type CheckMemoryOptions, checkMemory, type Learner, memoryLimits } from "bifocal";
import type { TrainingItem } from "./read-training-items.js";
import type { TrainPlan } from "./train-plan.js";

const forced = "--force trains all the same.";

/** @throws {BifocalError} `too-large` for a file whose items alone would not fit, before it is read. */
export function checkFileSize(path: string, { heap } = memoryLimits()): void {
  const bytes = path === "-" ? 0 : (statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  if (bytes <= heap) return;
  const [size, limit] = [bytes, heap].map((each) => (each / 1e9).toFixed(1));
  throw new BifocalError(
    "too-large",
    `${path} has ${size} GB, and a thread may hold ${limit} GB. Train on part of it, or give Node more by NODE_OPTIONS=--max-old-space-size=MEGABYTES. ${forced}`,
  );
}

/** @throws {BifocalError} `too-large` where the training would need more memory than there is. */
export function checkNeeds(
  learner: Learner,
  items: readonly TrainingItem[],
  { options: { settings }, examination }: TrainPlan,
  sampleOf?: CheckMemoryOptions["sampleOf"],
): void {
  try {
    checkMemory(learner, items, { settings, trainings: examination?.workers ?? 1, ...(sampleOf && { sampleOf }) });
  } catch (error) {
    if (!(error instanceof BifocalError) || error.code !== "too-large") throw error;
    throw new BifocalError(error.code, `${error.message} ${forced}`, { cause: error });
  }
}
