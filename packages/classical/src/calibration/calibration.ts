import { softmax } from "@bifocal/contracts";
import { type Curve, curveAt, fitIsotonic } from "./isotonic.js";
import { checkMargins, type LabelledMargins, outputAgainstRest } from "./margins.js";
import { fitPlatt, type Sigmoid, sigmoidAt } from "./platt.js";
import { fitTemperature, logitsOf } from "./temperature.js";

/** How margins become probabilities: plain data, in the params of a model. A sigmoid or a curve an output. */
export type Calibration =
  | { readonly method: "platt"; readonly sigmoids: readonly Sigmoid[] }
  | { readonly method: "isotonic"; readonly curves: readonly Curve[] }
  | { readonly method: "temperature"; readonly temperature: number };

/** A way to make probabilities of margins, by name. */
export type CalibrationMethod = Calibration["method"];

export const calibrationMethods: readonly CalibrationMethod[] = ["platt", "isotonic", "temperature"];

/**
 * Learns a calibration from margins of rows that the margins were not trained on (see `crossValidatedMargins`).
 * @throws {BifocalError} `invalid-input` for no rows, or margins that are not finite.
 */
export function fitCalibration(method: CalibrationMethod, data: LabelledMargins): Calibration {
  checkMargins(data);
  if (method === "temperature") return { method, temperature: fitTemperature(data) };
  const outputs = Array.from({ length: data.outputs }, (_, output) => outputAgainstRest(data, output));
  return method === "platt"
    ? { method, sigmoids: outputs.map(fitPlatt) }
    : { method, curves: outputs.map(fitIsotonic) };
}

/**
 * Probabilities that add up to 1, one a label, from the margins of a row, one an output. Several outputs are
 * calibrated each against the rest, then divided by their sum (Zadrozny & Elkan 2002); labels share evenly where it is 0.
 */
export function calibrate(calibration: Calibration, margins: Float64Array): Float64Array {
  if (calibration.method === "temperature")
    return softmax(logitsOf(margins).map((logit) => logit / calibration.temperature));
  const shares =
    calibration.method === "platt"
      ? margins.map((margin, output) => sigmoidAt(calibration.sigmoids[output], margin))
      : margins.map((margin, output) => curveAt(calibration.curves[output], margin));
  return shares.length === 1 ? Float64Array.of(1 - shares[0], shares[0]) : normalized(shares);
}

function normalized(shares: Float64Array): Float64Array {
  const total = shares.reduce((sum, share) => sum + share, 0);
  return total > 0 ? shares.map((share) => share / total) : shares.fill(1 / shares.length);
}

/** Whether it is a calibration of so many outputs, whoever wrote it. */
export function calibrates(calibration: Calibration, outputs: number): boolean {
  switch (calibration?.method) {
    case "temperature":
      return calibration.temperature > 0 && Number.isFinite(calibration.temperature);
    case "platt":
      return (
        calibration.sigmoids?.length === outputs &&
        calibration.sigmoids.every(({ slope, offset }) => Number.isFinite(slope) && Number.isFinite(offset))
      );
    case "isotonic":
      return calibration.curves?.length === outputs && calibration.curves.every(isCurve);
    default:
      return false;
  }
}

function isCurve({ margins, probabilities }: Curve): boolean {
  return (
    margins?.length > 0 &&
    margins.length === probabilities?.length &&
    margins.every((margin, i) => Number.isFinite(margin) && (i === 0 || margin > margins[i - 1])) &&
    probabilities.every((share, i) => share >= 0 && share <= 1 && (i === 0 || share >= probabilities[i - 1]))
  );
}
