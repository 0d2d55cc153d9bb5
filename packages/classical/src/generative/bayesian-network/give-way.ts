import { setImmediate } from "node:timers/promises";
import { throwIfAborted } from "@bifocal/contracts";
import type { TrainingSignal } from "../../learner.js";

/** Lets other work have its turn, an abort among it. @throws {BifocalError} `aborted`. */
export async function giveWay(signal: TrainingSignal | undefined): Promise<void> {
  await setImmediate();
  throwIfAborted(signal);
}
