import assert from "node:assert/strict";
import type { Check } from "@bifocal/contracts/testing";
import type { Iteration, Progress } from "../learner.js";
import { checkSettings, openModelFile } from "../learners.js";
import { encodeModel } from "../model-file.js";
import type { TrainingOptions } from "../training/train-options.js";
import { answersOf } from "./answers.js";
import { assertRejects, probesOf, type Subject } from "./subject.js";
import { assertLeavesNoThread } from "./threads.js";

/** What happens while it trains. */
export function courseChecks(subject: Subject): Check[] {
  const { items, train } = subject;
  return [
    {
      name: "progress goes forward, and never past the end",
      run: async () => {
        const told: Progress[] = [];
        // What comes before the model's own iterations is counted by itself.
        await train(items, { onProgress: (progress) => progress.stage === undefined && told.push(progress) });
        for (const [i, { iteration, iterations, objective }] of told.entries()) {
          assert.ok(iteration > (told[i - 1]?.iteration ?? 0), `${iteration} does not come after the one before`);
          assert.ok(iteration <= iterations, `${iteration} is past ${iterations}`);
          assert.ok(objective === undefined || Number.isFinite(objective), `the objective is ${objective}`);
        }
      },
    },
    {
      name: "aborted at first it throws, and leaves no thread",
      run: () =>
        assertLeavesNoThread(async () => {
          const signal = AbortSignal.abort();
          await assertRejects(train(items, { signal, workers: 2 }), "aborted");
          await assertRejects(train(items, { signal, workers: 2, onAbort: "keep-best" }), "aborted");
        }),
    },
    {
      name: "aborted on the way it throws, or keeps what it has where it is asked to, and leaves no thread",
      run: () =>
        assertLeavesNoThread(async () => {
          const { last, firstLearned } = await courseOf(subject);
          const stop = firstLearned ?? 1;
          if (stop >= last) return;
          await assertRejects(train(items, { ...abortAt(stop), workers: 2 }), "aborted");
          if (firstLearned === undefined) return;
          const kept = await train(items, { ...abortAt(stop), workers: 2, onAbort: "keep-best" });
          assert.equal(kept.card.training?.ended, "aborted");
          await answersOf(openModelFile(encodeModel(kept)), probesOf(items));
        }),
    },
    {
      name: "it ends once it is told to, with what it has",
      run: async () => {
        const { firstWhole } = await courseOf(subject);
        if (firstWhole === undefined) return;
        assert.equal((await courseOf(subject, firstWhole)).last, firstWhole);
      },
    },
    {
      name: "a whole training leaves no thread",
      run: () =>
        assertLeavesNoThread(async () => {
          await train(items, { workers: 2 });
        }),
    },
  ];
}

/** The last iteration of a training, the first with something learned, and the first with more than a provisional model. */
interface Course {
  readonly last: number;
  readonly firstLearned: number | undefined;
  readonly firstWhole: number | undefined;
}

/** Which iterations a training makes, and after which it first has a model; told to end after one of them if asked to. */
async function courseOf({ learner, items, settings }: Subject, end = Number.POSITIVE_INFINITY): Promise<Course> {
  let last = 0;
  let firstLearned: number | undefined;
  let firstWhole: number | undefined;
  const afterIteration = ({ iteration, learned, provisional = false }: Iteration): boolean => {
    last = iteration;
    if (learned !== undefined) firstLearned ??= iteration;
    if (learned !== undefined && !provisional) firstWhole ??= iteration;
    return iteration >= end;
  };
  await learner.train(items, checkSettings(learner, settings), { afterIteration });
  return { last, firstLearned, firstWhole };
}

/** A signal that fires at an iteration, and what must be given to a training for that. */
function abortAt(iteration: number): Pick<TrainingOptions, "signal" | "onProgress"> {
  const aborter = new AbortController();
  return {
    signal: aborter.signal,
    onProgress: (progress) => {
      if (progress.stage === undefined && progress.iteration >= iteration) aborter.abort();
    },
  };
}
