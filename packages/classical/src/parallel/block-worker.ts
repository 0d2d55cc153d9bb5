import { workerData } from "node:worker_threads";
import { blockPart, ending, round, type SharedSum, tellDone } from "./block-sum.js";

/** Waits for each round, computes this thread's blocks, and says that they are done. */
function serve({ shared, thread }: { readonly shared: SharedSum; readonly thread: number }): void {
  const { control } = shared;
  let last = 0;
  let compute: (() => void) | undefined;
  for (;;) {
    Atomics.wait(control, round, last);
    last = Atomics.load(control, round);
    if (Atomics.load(control, ending) === 1) return;
    try {
      compute ??= blockPart(shared, thread);
      compute();
      tellDone(control, "done");
    } catch {
      tellDone(control, "failed");
    }
  }
}

serve(workerData as Parameters<typeof serve>[0]);
