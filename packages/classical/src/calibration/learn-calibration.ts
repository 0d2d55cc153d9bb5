import { BifocalError, didYouMean } from "@bifocal/contracts";
import type { SparseDataset } from "../features/sparse-dataset.js";
import type { Setting, Settings } from "../learner.js";
import { type Calibration, type CalibrationMethod, fitCalibration } from "./calibration.js";
import { crossValidatedMargins, type FitMargins } from "./cross-validated-margins.js";

/** The settings of every learner of margins that can be calibrated. */
export const calibrationSettings = {
  calibration: {
    type: "string",
    default: "none",
    about: "how scores become probabilities: none, platt, isotonic or temperature",
  },
  calibrationFolds: {
    type: "integer",
    min: 2,
    max: 100,
    default: 5,
    about: "into how many parts the texts are cut to learn a calibration from held-out scores",
  },
} as const satisfies Record<string, Setting>;

const methods: Readonly<Record<string, CalibrationMethod | undefined>> = {
  none: undefined,
  platt: "platt",
  isotonic: "isotonic",
  temperature: "temperature",
};

/**
 * The calibration that the settings ask for, learned from margins that cross-validation inside the training gives;
 * nothing where they ask for none.
 * @throws {BifocalError} `invalid-input` for a setting that is no method, or a label with a single row, or copies of it.
 */
export async function learnCalibration(
  data: SparseDataset,
  fit: FitMargins,
  settings: Settings,
  seed: number,
): Promise<Calibration | undefined> {
  const method = calibrationMethod(settings.calibration as string);
  if (method === undefined) return undefined;
  return fitCalibration(method, await crossValidatedMargins(data, fit, settings.calibrationFolds as number, seed));
}

/** @throws {BifocalError} `invalid-input` where the name is no method. */
export function calibrationMethod(name: string): CalibrationMethod | undefined {
  if (Object.hasOwn(methods, name)) return methods[name];
  throw new BifocalError(
    "invalid-input",
    `There is no calibration "${name}". ${didYouMean(name, Object.keys(methods))}`,
  );
}
