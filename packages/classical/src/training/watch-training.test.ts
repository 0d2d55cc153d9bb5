import { expect, test } from "vitest";
import type { Progress } from "../learner.js";
import type { Params } from "../model-file.js";
import { type Judge, watchTraining } from "./watch-training.js";

interface Numbered extends Params {
  readonly iteration: number;
}

const paramsAt = (iteration: number): Numbered => ({ kind: "numbered", version: 1, iteration });

/** Judges params by a table of scores, and remembers which it was asked about. */
function judgeOf(scoreAt: (iteration: number) => number, patience: number): Judge & { readonly asked: number[] } {
  const asked: number[] = [];
  return {
    asked,
    patience,
    async measure(params) {
      const { iteration } = params as Numbered;
      asked.push(iteration);
      return { metric: "logLoss", score: scoreAt(iteration), gain: -scoreAt(iteration) };
    },
  };
}

async function run(watch: ReturnType<typeof watchTraining>, iterations: number): Promise<number> {
  for (let iteration = 1; iteration <= iterations; iteration++) {
    const learned = () => paramsAt(iteration);
    if (await watch.context.afterIteration({ iteration, iterations, objective: () => 1 / iteration, learned }))
      return iteration;
  }
  return iterations;
}

test("the iteration that scores best is kept, and the training ends once there is no gain for so long", async () => {
  const judge = judgeOf((iteration) => Math.abs(iteration - 4), 3);
  const watch = watchTraining(undefined, judge);
  expect(await run(watch, 100)).toBe(7);
  expect(await watch.finish(paramsAt(7))).toEqual({
    params: paramsAt(4),
    iterations: 4,
    objective: 1 / 4,
    dev: { metric: "logLoss", score: 0 },
    ended: "early",
  });
});

test("a figure that has not changed yet ends nothing: a tagger may find its first entity late", async () => {
  const judge = judgeOf((iteration) => (iteration < 9 ? 1 : Math.abs(iteration - 11)), 3);
  const watch = watchTraining(undefined, judge);
  await run(watch, 100);
  expect(await watch.finish(paramsAt(100))).toMatchObject({ params: paramsAt(11), ended: "early" });
  expect(judge.asked.filter((iteration) => iteration < 100)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17]);
});

test("without patience it goes on to the end, and of two equal iterations the earlier is kept", async () => {
  const watch = watchTraining(
    undefined,
    judgeOf(() => 1, 0),
  );
  expect(await run(watch, 30)).toBe(30);
  expect(await watch.finish(paramsAt(30))).toMatchObject({ params: paramsAt(1), ended: "early" });
});

test("measures each of the first ten iterations, then ever more seldom, and what comes out in the end", async () => {
  const judge = judgeOf((iteration) => 1 / iteration, 5);
  const watch = watchTraining(undefined, judge);
  await run(watch, 200);
  expect(await watch.finish(paramsAt(200))).toEqual({
    params: paramsAt(200),
    iterations: 200,
    objective: 1 / 200,
    dev: { metric: "logLoss", score: 1 / 200 },
  });
  expect(judge.asked.slice(0, 13)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15]);
  expect(judge.asked.at(-1)).toBe(200);
  expect(judge.asked.length).toBeLessThan(50);
});

test("of an aborted training the best is kept: by the dev items, else the last iteration as it then was", async () => {
  const judged = watchTraining(
    undefined,
    judgeOf((iteration) => Math.abs(iteration - 2), 0),
  );
  await run(judged, 6);
  expect(judged.rescue()).toMatchObject({ params: paramsAt(2), iterations: 2, ended: "aborted" });
  const plain = watchTraining(undefined, undefined);
  expect(plain.rescue()).toBeUndefined();
  await plain.context.afterIteration({ iteration: 1, iterations: 9 });
  expect(plain.rescue(), "it learned nothing yet").toBeUndefined();
  await run(plain, 6);
  expect(plain.rescue()).toEqual({ params: paramsAt(6), iterations: 6, objective: 1 / 6, ended: "aborted" });
});

test("what is provisional is kept of an aborted training, and never measured", async () => {
  const judge = judgeOf(() => 1, 1);
  const watch = watchTraining(undefined, judge);
  for (const iteration of [1, 2, 3])
    await watch.context.afterIteration({
      iteration,
      iterations: 6,
      learned: () => paramsAt(iteration),
      provisional: true,
    });
  expect(judge.asked).toEqual([]);
  expect(watch.rescue()).toEqual({ params: paramsAt(3), iterations: 3, ended: "aborted" });
  const learned = () => paramsAt(4);
  await watch.context.afterIteration({ iteration: 4, iterations: 6, learned });
  expect(await watch.finish(paramsAt(4))).toMatchObject({ params: paramsAt(4), iterations: 4 });
});

test("a learner without iterations has nothing to choose from: it is not measured", async () => {
  const judge = judgeOf(() => 1, 5);
  const watch = watchTraining(undefined, judge);
  watch.context.onProgress({ iteration: 1, iterations: 1 });
  expect(await watch.finish(paramsAt(1))).toEqual({ params: paramsAt(1) });
  expect(judge.asked).toEqual([]);
});

test("progress tells the time left, once there is a pace, and it is none in the end", async () => {
  const told: Progress[] = [];
  await run(
    watchTraining((progress) => told.push(progress), undefined),
    3,
  );
  expect(told[0]).toEqual({ iteration: 1, iterations: 3, objective: 1 });
  expect(told[1]?.secondsLeft).toBeGreaterThan(0);
  expect(told[2]).toMatchObject({ iteration: 3, objective: 1 / 3, secondsLeft: 0 });
});

test("it is told where the iterations were used up before the objective was near its least, and only there", async () => {
  const endsWith = async (iteration: number, converged: boolean | undefined) => {
    const watch = watchTraining(undefined, undefined);
    await watch.context.afterIteration({ iteration, iterations: 9, ...(converged !== undefined && { converged }) });
    return (await watch.finish(paramsAt(iteration))).ended;
  };
  expect(await endsWith(9, false)).toBe("limit");
  expect([await endsWith(9, true), await endsWith(8, false), await endsWith(9, undefined)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test("the time left is told anew in every stage", () => {
  const told: Progress[] = [];
  const { onProgress } = watchTraining((progress) => told.push(progress), undefined).context;
  onProgress({ iteration: 1, iterations: 5, stage: "calibration" });
  onProgress({ iteration: 1, iterations: 100 });
  expect(told).toEqual([
    { iteration: 1, iterations: 5, stage: "calibration" },
    { iteration: 1, iterations: 100 },
  ]);
});

test("the objective is worked out for whoever hears of it, otherwise once, in the end", async () => {
  let asked = 0;
  const objective = () => 1 / ++asked;
  const learned = () => paramsAt(1);
  const silent = watchTraining(undefined, undefined);
  for (let iteration = 1; iteration <= 5; iteration++)
    await silent.context.afterIteration({ iteration, iterations: 5, objective, learned });
  expect(asked).toBe(0);
  expect(await silent.finish(paramsAt(5))).toMatchObject({ iterations: 5, objective: 1 });
  const heard = watchTraining(() => {}, undefined);
  for (let iteration = 1; iteration <= 5; iteration++)
    await heard.context.afterIteration({ iteration, iterations: 5, objective, learned });
  expect(asked).toBe(6);
});
