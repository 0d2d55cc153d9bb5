import { parentPort, workerData } from "node:worker_threads";
import { messageOf } from "@bifocal/contracts";
import { codeOf, type TrialOutcome } from "./run-trials.js";
import { runTrial, type Trial, type TrialData } from "./trial.js";

/** A trial to run, and its outcome, each under the trial's number. */
export interface TrialRequest {
  readonly number: number;
  readonly trial: Trial;
}

export interface TrialResponse {
  readonly number: number;
  readonly outcome: TrialOutcome;
}

parentPort?.on("message", async ({ number, trial }: TrialRequest) => {
  const outcome = await runTrial(workerData as TrialData, trial).then(
    (scores): TrialOutcome => ({ scores }),
    (error: unknown): TrialOutcome => ({ failure: { code: codeOf(error), message: messageOf(error) } }),
  );
  parentPort?.postMessage({ number, outcome } satisfies TrialResponse);
});
