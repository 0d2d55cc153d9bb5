import type { Progress as TrainingProgress } from "bifocal";
import { type Progress, startProgress } from "./progress.js";
import type { Session } from "./session.js";
import type { TrainMessage } from "./train-worker.js";

/** Shows what a training tells while it goes on, on a terminal only: trials of a search, then the iterations of the model. */
export function showTraining(session: Session): { tell: (message: TrainMessage) => void; end: () => void } {
  let unit = "trainings";
  let bar: Progress = startProgress(session, unit);
  const startBar = (next: string): void => {
    if (next === unit) return;
    bar.end();
    unit = next;
    bar = startProgress(session, unit);
  };
  return {
    tell(message) {
      if ("trial" in message) bar.update(message.trial.done, message.trial.trials);
      if (!("progress" in message)) return;
      const { iteration, iterations, stage } = message.progress;
      startBar(stage === "calibration" ? "trainings for the calibration" : "iterations");
      bar.update(iteration, iterations, progressDetail(message.progress));
    },
    end: () => bar.end(),
  };
}

/** What stands behind the bar: the objective, and the time left once there is a pace: many a training ends before its last iteration. */
export function progressDetail({ objective, secondsLeft }: TrainingProgress): string {
  return [
    ...(objective === undefined ? [] : [`, objective ${objective.toPrecision(4)}`]),
    ...(secondsLeft === undefined ? [] : [`, about ${durationOf(secondsLeft)} left if all are made`]),
  ].join("");
}

function durationOf(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
