/** One line of a bench: what was measured, and how it stands to a goal or to a peer in the same run. */
export interface Reading {
  readonly what: string;
  readonly value: number;
  readonly unit: "ms" | "ns" | "texts/s" | "tokens/s" | "MB" | "%";
  /** What is aimed at, in the same unit. */
  readonly goal?: string;
  /** This value divided by that of each peer, and what is aimed at. */
  readonly ratios?: readonly { readonly to: string; readonly value: number; readonly goal?: number }[];
}

/** One file in `measurements/`, one line in `run.ts`. */
export interface Measurement {
  readonly name: string;
  measure(): Promise<Reading[]>;
}

/** The middle of the values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
