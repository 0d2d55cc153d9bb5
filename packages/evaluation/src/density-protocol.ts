import type { Density, LogProbability, Model } from "@bifocal/contracts";
import { type DensityMetricName, densityMetrics } from "./metrics/metrics.js";
import type { Protocol } from "./protocol.js";

/** How models are scored that say how likely a text is. Perplexities are not compared: models cut texts unlike. */
export const densityProtocol: Protocol<
  Model & Density,
  { readonly text: string },
  string,
  LogProbability,
  DensityMetricName
> = {
  contract: "text-generator",
  metrics: densityMetrics,
  resampled: ["bitsPerByte"],
  ask: (model, items, { signal }) =>
    model.logProbability(
      items.map(({ text }) => text),
      signal && { signal },
    ),
  goldOf: ({ text }) => text,
  show: ({ logProbability }) => logProbability,
  showGold: () => null,
  textOf: ({ text }) => text,
};
