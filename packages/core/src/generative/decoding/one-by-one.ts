import { seededRandom } from "@bifocal/contracts";
import { constrainBy } from "./constraints.js";
import type { Logits, NextTokens, Sequence } from "./next-tokens.js";
import type { DecodingPlan } from "./plan.js";
import { distributionOf, drawToken, likeliestToken, logSumOf } from "./sampling.js";

/** Hears of each token as it is written, the ones that end a text included. */
export type OnToken = (prompt: number, token: number, logProbability: number) => void;

/** A sequence being written. */
interface Row {
  /** Takes the next token. @returns whether the row goes on */
  write(logits: Logits): boolean;
  readonly written: readonly number[];
  sequence(): Sequence;
}

/**
 * Greedy search, or with `sampling` drawing: each row takes its next token from its own logits alone, and leaves the
 * batch once it has ended. With `numReturnSequences` every prompt is several rows, drawn one after another.
 * @returns the sequences of each prompt
 */
export async function decodeOneByOne(
  network: NextTokens,
  plan: DecodingPlan,
  onToken: OnToken = () => {},
): Promise<Sequence[][]> {
  const { numReturnSequences: copies } = plan;
  const logits = await network.start();
  const rows = network.prompts.flatMap((prompt, number) => {
    const random = seededRandom(plan.seed);
    return Array.from({ length: copies }, () => startRow(plan, prompt, number, random, onToken));
  });
  let current = rows.map((row, i) => ({ row, parent: Math.floor(i / copies), logits: logits[Math.floor(i / copies)] }));
  for (;;) {
    const open = current.filter((each) => each.row.write(each.logits as Logits));
    if (open.length === 0) break;
    const next = await network.advance(
      open.map(({ parent }) => parent),
      open.map(({ row }) => row.written.at(-1) as number),
    );
    current = open.map(({ row }, i) => ({ row, parent: i, logits: next[i] }));
  }
  const sequences = rows.map((row) => row.sequence());
  return network.prompts.map((_, number) => sequences.slice(number * copies, (number + 1) * copies));
}

function startRow(
  plan: DecodingPlan,
  before: readonly number[],
  prompt: number,
  random: () => number,
  onToken: OnToken,
): Row {
  const { sampling, endTokens, maxNewTokens, stops } = plan;
  const constrain = constrainBy(plan);
  const written: number[] = [];
  const logProbabilities: number[] = [];
  let finishReason: Sequence["finishReason"] = "length";
  return {
    written,
    write(logits) {
      const scores = constrain === undefined ? logits : Float64Array.from(logits);
      if (scores instanceof Float64Array) constrain?.(scores, before, written);
      const likeliest = likeliestToken(logits);
      const token = sampling
        ? drawToken(distributionOf(scores, sampling), random)
        : scores === logits
          ? likeliest
          : likeliestToken(scores);
      const logProbability = (logits[token] as number) - logSumOf(logits, likeliest);
      written.push(token);
      logProbabilities.push(logProbability);
      onToken(prompt, token, logProbability);
      if (endTokens.has(token)) finishReason = "end";
      else if (stops?.(prompt, written)) finishReason = "stop";
      else return written.length < maxNewTokens;
      return false;
    },
    sequence: () => ({ tokens: written, logProbabilities, finishReason }),
  };
}
