import { beamSearch } from "./beam-search.js";
import type { NextTokens, Sequence } from "./next-tokens.js";
import { decodeOneByOne, type OnToken } from "./one-by-one.js";
import type { DecodingPlan } from "./plan.js";

/**
 * Writes what follows each prompt, as the plan says.
 * @param onToken hears of tokens as they are written; of beams nothing, for none is certain before the end
 * @returns the sequences of each prompt, `numReturnSequences` or fewer, best first where they have scores
 * @throws {BifocalError} `model-damaged` where logits are no numbers
 */
export function decode(network: NextTokens, plan: DecodingPlan, onToken?: OnToken): Promise<Sequence[][]> {
  return plan.numBeams > 1 ? beamSearch(network, plan) : decodeOneByOne(network, plan, onToken);
}
