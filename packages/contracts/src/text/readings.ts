import { BifocalError } from "../errors.js";
import type { ModelCard } from "../models.js";
import type { TagOptions } from "../options.js";

/** For taggers that have no probability of several tags together. @throws {BifocalError} `unsupported` where `nBest` is asked for. */
export function refuseNBest({ id, family }: ModelCard, options: TagOptions | undefined): void {
  if (options?.nBest === undefined) return;
  throw new BifocalError(
    "unsupported",
    `${id} (${family}) has no likeliest readings. Leave nBest out, or take a conditional random field or a hidden Markov model.`,
  );
}
