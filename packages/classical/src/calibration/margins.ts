import { BifocalError } from "@bifocal/contracts";

/** Scores of rows: rows × outputs. One output where there are two labels: the score of the second. */
export interface Margins {
  readonly outputs: number;
  readonly values: Float64Array;
}

/** Margins of rows whose labels are known. */
export interface LabelledMargins extends Margins {
  /** Number of each row's label. */
  readonly targets: ArrayLike<number>;
  /** How much each row counts; 1 where absent. */
  readonly weights?: ArrayLike<number>;
}

/** What one output said of rows, and whether each was its label. */
export interface BinaryMargins {
  readonly margins: ArrayLike<number>;
  /** 1 where the row is of the output's label, else 0. */
  readonly targets: ArrayLike<number>;
  readonly weights?: ArrayLike<number>;
}

/** One output against the rest. */
export function outputAgainstRest(
  { outputs, values, targets, weights }: LabelledMargins,
  output: number,
): BinaryMargins {
  const label = outputs === 1 ? 1 : output;
  return {
    margins: Float64Array.from({ length: targets.length }, (_, row) => values[row * outputs + output]),
    targets: Uint8Array.from(targets, (target) => Number(target === label)),
    ...(weights && { weights }),
  };
}

/** @throws {BifocalError} `invalid-input` for no rows, margins that are not finite, or parts of different lengths. */
export function checkMargins({ outputs, values, targets, weights }: LabelledMargins): void {
  const fits = values.length === targets.length * outputs && (weights ?? targets).length === targets.length;
  if (fits && targets.length > 0 && values.every(Number.isFinite)) return;
  throw new BifocalError(
    "invalid-input",
    "A calibration needs a finite margin for every row and output, and a target and weight for every row; give more rows.",
  );
}
