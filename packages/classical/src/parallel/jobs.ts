import { type LinearOutput, type LinearOutputs, learnOutput } from "../discriminative/learn-output.js";
import type { TrainingSignal } from "../learner.js";
import type { Trial, TrialData, TrialOutcome } from "../training/trial.js";

/** What each job works on with all others of its run, what is its own, and what it gives. All of it is plain data. */
export interface JobKinds {
  "linear-output": { shared: LinearOutputs; input: number; output: LinearOutput };
  trial: { shared: TrialData; input: Trial; output: TrialOutcome };
}

export type JobName = keyof JobKinds;

/** A piece of work that needs nothing but its input: the same input gives the same bits in any thread. */
export type Job<K extends JobName> = (
  shared: JobKinds[K]["shared"],
  input: JobKinds[K]["input"],
  signal?: TrainingSignal,
) => JobKinds[K]["output"] | Promise<JobKinds[K]["output"]>;

/** What threads can be given to do, by name: functions do not travel between threads. */
export const jobs: { readonly [K in JobName]: Job<K> } = {
  "linear-output": learnOutput,
  // A trial may train any learner, and some of those run jobs: it is loaded once all of this is.
  trial: async (data, trial, signal) => (await import("../training/trial.js")).attemptTrial(data, trial, signal),
};
