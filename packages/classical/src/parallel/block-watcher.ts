import { type MessagePort, workerData } from "node:worker_threads";
import { tellDeath, watching } from "./block-sum.js";

/** Hears of each thread that dies, in the middle of its part or while it waits, and says so in its place. */
function watch({ control, ports }: { control: Int32Array<SharedArrayBuffer>; ports: readonly MessagePort[] }): void {
  for (const port of ports) {
    port.on("close", () => tellDeath(control));
    port.ref();
  }
  Atomics.store(control, watching, 1);
  Atomics.notify(control, watching);
}

watch(workerData as Parameters<typeof watch>[0]);
