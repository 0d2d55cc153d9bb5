import { setImmediate } from "node:timers/promises";
import type { Iteration, Progress, TrainingContext } from "../learner.js";
import type { Params } from "../model-file.js";
import type { TrainingMetric } from "./metrics.js";

/** Params, and at which point of the training they were learned. */
export interface Kept {
  readonly params: Params;
  readonly iterations?: number;
  readonly objective?: number;
  /** On the dev items, where the params were chosen by them. */
  readonly dev?: Pick<Judgement, "metric" | "score">;
  /** Why the training ended before its learner was done. */
  readonly ended?: "early" | "aborted" | "limit";
}

export interface Judgement {
  readonly metric: TrainingMetric;
  readonly score: number;
  readonly gain: number;
}

/** Judges params while the training goes on. */
export interface Judge {
  /** The figure of a model of the params, on items that it is not trained on; `gain` is larger for the better. */
  readonly measure: (params: Params) => Promise<Judgement>;
  /** After so many measurements without gain the training ends; 0: it goes on to its end. */
  readonly patience: number;
}

/** An eye on one training: what is told of it, and what is kept of it. */
export interface Watch {
  readonly context: Required<Pick<TrainingContext, "afterIteration" | "onProgress" | "stepwise">>;
  /** The best params, of a training that gave these. */
  finish(params: Params): Promise<Kept>;
  /** The best params of a training that was aborted, where there are any. */
  rescue(): Kept | undefined;
}

interface Best {
  readonly kept: Kept;
  readonly gain: number;
}

const millisecondsBetweenBreaths = 50;

/**
 * Watches one training. With a judge, the params are measured after each of the first ten iterations, then at
 * iterations a tenth further each time, and those are kept that score best, the earlier ones where two are equal.
 * Patience counts from where the figure first changes: F1 is 0 until a tagger finds its first entity.
 */
export function watchTraining(onProgress: ((progress: Progress) => void) | undefined, judge: Judge | undefined): Watch {
  const report = onProgress && reporter(onProgress);
  const breathe = breather();
  let last: Iteration | undefined;
  let best: Best | undefined;
  let measured = 0;
  let withoutGain = 0;
  let moved = false;
  const consider = async (params: Params, { measure }: Judge): Promise<void> => {
    const { gain, ...dev } = await measure(params);
    measured = last?.iteration ?? 0;
    const isGain = best === undefined || gain > best.gain;
    // A figure that has never changed is that of a model which does not decide yet: its patience has not begun.
    moved ||= best !== undefined && gain !== best.gain;
    withoutGain = isGain || !moved ? 0 : withoutGain + 1;
    if (isGain) best = { kept: { params, dev, ...pointOf(last) }, gain };
  };
  return {
    context: {
      stepwise: judge !== undefined,
      onProgress: (progress) => report?.(progress),
      async afterIteration(iteration) {
        report?.({ ...iteration, objective: iteration.objective?.() });
        last = iteration;
        await breathe();
        const { learned, provisional = false } = iteration;
        if (judge === undefined || learned === undefined || provisional) return false;
        if (!isDue(iteration.iteration, measured)) return false;
        await consider(learned(), judge);
        return judge.patience > 0 && withoutGain >= judge.patience;
      },
    },
    async finish(params) {
      const end = isUsedUp(last) ? ({ ended: "limit" } as const) : {};
      if (judge === undefined || last?.learned === undefined || last.provisional)
        return { params, ...pointOf(last), ...end };
      if (measured < last.iteration) await consider(params, judge);
      const { kept } = best as Best;
      return kept.iterations === last.iteration ? { ...kept, params, ...end } : { ...kept, ended: "early" };
    },
    rescue() {
      if (best !== undefined) return { ...best.kept, ended: "aborted" };
      const params = last?.learned?.();
      return params && { params, ...pointOf(last), ended: "aborted" };
    },
  };
}

function pointOf(iteration: Iteration | undefined): Pick<Kept, "iterations" | "objective"> {
  if (iteration === undefined) return {};
  const { iteration: iterations, objective } = iteration;
  return { iterations, ...(objective && { objective: objective() }) };
}

/** Whether all iterations were made and the learner says that more would have helped. */
function isUsedUp(last: Iteration | undefined): boolean {
  return last !== undefined && last.converged === false && last.iteration >= last.iterations;
}

function isDue(iteration: number, measured: number): boolean {
  return iteration <= 10 || iteration >= measured * 1.1;
}

/** Reports with the time left, told from the pace since the first report of the stage. */
function reporter(onProgress: (progress: Progress) => void): (progress: Progress) => void {
  let first: { iteration: number; at: number; stage: Progress["stage"] } | undefined;
  return ({ iteration, iterations, objective, stage }) => {
    const at = performance.now();
    if (first === undefined || first.stage !== stage) first = { iteration, at, stage };
    const done = iteration - first.iteration;
    const secondsLeft = ((at - first.at) / done / 1000) * (iterations - iteration);
    onProgress({ iteration, iterations, objective, ...(stage && { stage }), ...(done > 0 && { secondsLeft }) });
  };
}

/** Lets the event loop run now and then, so that whoever wants to abort is heard in the same thread too. */
function breather(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < millisecondsBetweenBreaths) return;
    await setImmediate();
    last = performance.now();
  };
}
