/** A data set that shipped models learn from: what its licence asks of them. */
export interface DataSet {
  readonly title: string;
  readonly attribution: string;
  readonly source: string;
  /** SPDX id. */
  readonly licence: string;
  /** The licence that a model trained on it must have, as SPDX id; none where the data asks for none. */
  readonly modelLicence: "CC-BY-SA-4.0" | "CC-BY-4.0" | "none";
}
