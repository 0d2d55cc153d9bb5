import { BifocalError } from "@bifocal/contracts";
import { runJobs } from "../parallel/run-jobs.js";
import type { TrainingOptions } from "./train-options.js";
import type { Trial, TrialData, TrialOutcome } from "./trial.js";

/** How the trials of a search or a cross-validation are run. */
export interface TrialsOptions extends Pick<TrainingOptions, "signal" | "seed" | "workers"> {
  /** What becomes of trials that are done where others are aborted. Default "throw"; "keep-best" throws where none is done. */
  readonly onAbort?: "throw" | "keep-best";
  /** So many trainings are done. */
  readonly onTrial?: (done: number, trials: number) => void;
}

/**
 * The outcomes of trials, in their order; nothing for those that were not done when the others were aborted.
 * @throws {BifocalError} `aborted`, unless `onAbort` is "keep-best".
 */
export async function runTrials(
  data: TrialData,
  trials: readonly Trial[],
  { workers = 1, signal, onAbort, onTrial }: TrialsOptions,
): Promise<(TrialOutcome | undefined)[]> {
  const outcomes = new Array<TrialOutcome | undefined>(trials.length).fill(undefined);
  const onJob = (outcome: TrialOutcome, done: number, trial: number): void => {
    outcomes[trial] = outcome;
    onTrial?.(done, trials.length);
  };
  try {
    await runJobs("trial", data, trials, { workers, signal, onJob });
  } catch (error) {
    const wasAborted = error instanceof BifocalError && error.code === "aborted";
    if (!wasAborted || onAbort !== "keep-best") throw error;
  }
  return outcomes;
}

/** What is thrown where a search or a cross-validation was aborted before it came to anything. */
export function nothingDone(): BifocalError {
  return new BifocalError("aborted", "The trials were aborted before one of them was done.");
}
