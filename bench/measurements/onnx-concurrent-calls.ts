import { type Measurement, median, type Reading } from "../measurement.js";
import { threadsOfOurs } from "../onnx/compare-throughput.js";
import { withEncoder } from "../onnx/encoder-files.js";
import { madeUpTexts } from "../onnx/made-up-texts.js";
import { inTurns, type Side, withSides } from "../sides.js";

const program = new URL("../onnx/classifier-side.mjs", import.meta.url);
const rounds = 10;

/** Of one round. */
interface Load {
  readonly textsASecond: number;
  readonly slowestMs: number;
}

/** Calls of one text each, as a server has them: how many are answered in a second, and how long the slowest one takes. */
export const onnxConcurrentCalls: Measurement = {
  name: "ONNX encoder of MiniLM's shape, 64 calls of one text of 5 to 200 tokens at once",
  measure: () =>
    withEncoder((folder) => {
      const options = {
        ours: ["ours", folder],
        same: ["library", folder, `${threadsOfOurs}`],
        own: ["library", folder],
      };
      return withSides(program, options, async ({ ours, same, own }) => {
        for (const side of [ours, same, own]) await callAtOnce(side, rounds);
        const found = await inTurns(rounds, {
          ours: (round) => callAtOnce(ours, round),
          same: (round) => callAtOnce(same, round),
          own: (round) => callAtOnce(own, round),
        });
        return [
          ...readings(found, "calls", "textsASecond", "texts/s", 1.5),
          ...readings(found, "99th percentile of their times", "slowestMs", "ms", 1),
        ];
      });
    }),
};

type Rounds = readonly Readonly<Record<"ours" | "same" | "own", Load>>[];

async function callAtOnce(side: Side, round: number): Promise<Load> {
  const texts = madeUpTexts(64, [5, 200], round);
  const { seconds, latenciesMs } = await side.ask<{ seconds: number; latenciesMs: number[] }>({
    way: "at once",
    texts,
  });
  return { textsASecond: texts.length / seconds, slowestMs: percentile99(latenciesMs) };
}

/** Of 64 values the largest. */
function percentile99(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(0.99 * sorted.length) - 1] as number;
}

function readings(found: Rounds, what: string, of: keyof Load, unit: "texts/s" | "ms", goal: number): Reading[] {
  const middle = (side: "ours" | "same" | "own") => median(found.map((each) => each[side][of]));
  const ratio = (to: string, side: "same" | "own") => ({
    to,
    value: median(found.map((each) => each.ours[of] / each[side][of])),
    goal,
  });
  return [
    { what: `${what}, library in ${threadsOfOurs} threads`, value: middle("same"), unit },
    { what: `${what}, library in threads as it takes them`, value: middle("own"), unit },
    {
      what: `${what}, ours`,
      value: middle("ours"),
      unit,
      ratios: [ratio(`library in ${threadsOfOurs} threads`, "same"), ratio("library as it comes", "own")],
    },
  ];
}
