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

const forPieces = ["aggregationStrategy", "ignoreLabels", "scheme", "stride"] as const satisfies (keyof TagOptions)[];

/** For taggers of whole words. @throws {BifocalError} `unsupported` for an option of networks that tag pieces of words. */
export function refusePieceOptions({ id, family }: ModelCard, options: TagOptions = {}): void {
  const given = forPieces.find((name) => options[name] !== undefined);
  if (given === undefined) return;
  throw new BifocalError("unsupported", `${id} (${family}) tags whole words of whole texts. Leave ${given} out.`);
}
