import type { Density, LogProbability, Model } from "@bifocal/contracts";
import { type DensityMetricName, densityMetrics } from "./metrics/metrics.js";
import type { Scoring } from "./protocol.js";

/** How models are scored that say how likely a text is. */
export const densityScoring: Scoring<
  Model & Density,
  { readonly text: string },
  string,
  LogProbability,
  DensityMetricName
> = {
  metrics: densityMetrics,
  ask: (model, items, { signal }) =>
    model.logProbability(
      items.map(({ text }) => text),
      signal && { signal },
    ),
  goldOf: ({ text }) => text,
  textOf: ({ text }) => text,
};
