import type { Comparison } from "../comparison.js";
import type { LearningCurve } from "../learning-curve.js";

/** A file that a comparison read, and what it was read for. */
export interface DataFile {
  readonly role: "train" | "dev" | "test";
  readonly name: string;
  /** Of its bytes, in hexadecimal. */
  readonly sha256?: string;
}

/** What somebody needs to get the same figures again. Passed through to every form of a report. */
export interface Provenance {
  /** Of the programs: `{ bifocal: "0.1.0", node: "20.20.2" }`. */
  readonly versions?: Readonly<Record<string, string>>;
  readonly seeds?: Readonly<Record<string, number>>;
  /** How the models were told to write. */
  readonly options?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  readonly data?: readonly DataFile[];
  /** Of model files: fingerprints or checksums by name of the model. */
  readonly modelFingerprints?: Readonly<Record<string, string>>;
}

/** A comparison as it is written down. */
export interface Report {
  readonly comparison: Comparison;
  readonly curve?: LearningCurve;
  readonly provenance?: Provenance;
}
