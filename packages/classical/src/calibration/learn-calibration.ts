import type { SparseDataset } from "../features/sparse-dataset.js";
import type { Setting, Settings, TrainingContext } from "../learner.js";
import { type Calibration, type CalibrationMethod, calibrationMethods, fitCalibration } from "./calibration.js";
import { crossValidatedMargins, type FitMargins } from "./cross-validated-margins.js";

/** The settings of every learner of margins that can be calibrated. */
export const calibrationSettings = {
  calibration: {
    type: "string",
    choices: ["none", ...calibrationMethods],
    default: "none",
    about: "how scores become probabilities",
  },
  calibrationFolds: {
    type: "integer",
    min: 2,
    max: 100,
    default: 5,
    about: "into how many parts the texts are cut to learn a calibration from held-out scores",
  },
} as const satisfies Record<string, Setting>;

/**
 * The calibration that the settings ask for, learned from margins that cross-validation inside the training gives;
 * nothing where they ask for none.
 * @throws {BifocalError} `invalid-input` for a label with a single row, or copies of it.
 */
export async function learnCalibration(
  data: SparseDataset,
  fit: FitMargins,
  settings: Settings,
  { seed = 1, onProgress }: Pick<TrainingContext, "seed" | "onProgress">,
): Promise<Calibration | undefined> {
  const method = settings.calibration as CalibrationMethod | "none";
  if (method === "none") return undefined;
  const folds = settings.calibrationFolds as number;
  const tell = (done: number): void => onProgress?.({ iteration: done, iterations: folds, stage: "calibration" });
  return fitCalibration(method, await crossValidatedMargins(data, fit, folds, seed, tell));
}
