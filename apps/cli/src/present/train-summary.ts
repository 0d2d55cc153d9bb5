/** What a training came to. */
export interface TrainSummary {
  readonly learner: string;
  /** Id of the model. */
  readonly model: string;
  readonly items: number;
  readonly labels: readonly string[];
  readonly seconds: number;
  /** Size of the model file. */
  readonly bytes: number;
  readonly output: string;
  /** Its figures on the data that was kept for that. */
  readonly dev?: Readonly<Record<string, unknown>>;
}

/** The summary for a person. */
export function summaryLines({ learner, items, labels, seconds, bytes, output, dev = {} }: TrainSummary): string[] {
  const known =
    labels.length > 12 ? `${labels.slice(0, 12).join(", ")} and ${labels.length - 12} more` : labels.join(", ");
  const figures = Object.entries(dev).filter(([name, value]) => typeof value === "number" && name !== "milliseconds");
  return [
    `${learner} learned from ${items} items in ${seconds} s.`,
    ...(labels.length > 0 ? [`labels  ${known}`] : []),
    `file    ${output}, ${(bytes / 1024).toFixed(0)} KiB`,
    ...(figures.length > 0
      ? [`dev     ${figures.map(([name, value]) => `${name} ${rounded(value)}`).join(", ")}`]
      : []),
  ];
}

function rounded(value: unknown): string {
  return typeof value === "number" && !Number.isInteger(value) ? value.toFixed(4) : String(value);
}
