/** A loss of a margin m = y (w·x + b): what it costs, and its slope, which is at most 0. */
export interface MarginLoss {
  value(margin: number): number;
  slope(margin: number): number;
}

export type LossName = "logistic" | "hinge" | "squared-hinge";

/** log(1 + e^−m) without overflow. */
export function logisticLoss(margin: number): number {
  return margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
}

/** The losses of margins. */
export const marginLosses: Readonly<Record<LossName, MarginLoss>> = {
  logistic: { value: logisticLoss, slope: (margin) => -1 / (1 + Math.exp(margin)) },
  hinge: { value: (margin) => Math.max(0, 1 - margin), slope: (margin) => (margin < 1 ? -1 : 0) },
  "squared-hinge": {
    value: (margin) => Math.max(0, 1 - margin) ** 2,
    slope: (margin) => -2 * Math.max(0, 1 - margin),
  },
};
