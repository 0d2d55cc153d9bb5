import { setTimeout } from "node:timers/promises";
import { BifocalError } from "@bifocal/contracts";

/**
 * Stands between a worker thread and native code. ONNX Runtime's calls are not made for a thread that ends while they run:
 * one that comes back into an ended thread ends the whole process. So a thread is ended only once its gate is shut, from
 * when on none begins, and empty.
 */
export type NativeGate = Int32Array<SharedArrayBuffer>;

/** Calls that are within, and not 0 once the gate is shut. */
const [within, shut] = [0, 1];

export function createNativeGate(): NativeGate {
  return new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
}

/** Of the worker: does what calls native code. @throws {BifocalError} `aborted` where the gate is shut. */
export async function throughGate<T>(gate: NativeGate, call: () => Promise<T>): Promise<T> {
  Atomics.add(gate, within, 1);
  try {
    if (Atomics.load(gate, shut) !== 0) throw new BifocalError("aborted", "The model is being closed.");
    return await call();
  } finally {
    Atomics.sub(gate, within, 1);
    Atomics.notify(gate, within);
  }
}

/** Of the thread that ends the worker: shuts the gate, and waits until nothing is within. */
export async function shutGate(gate: NativeGate): Promise<void> {
  Atomics.store(gate, shut, 1);
  while (Atomics.load(gate, within) > 0) await setTimeout(1);
}

/** `shutGate` for a process that exits and can await nothing any more. */
export function shutGateAtExit(gate: NativeGate, mostMs = 10_000): void {
  Atomics.store(gate, shut, 1);
  const end = performance.now() + mostMs;
  for (let calls = Atomics.load(gate, within); calls > 0; calls = Atomics.load(gate, within))
    if (Atomics.wait(gate, within, calls, Math.max(0, end - performance.now())) === "timed-out") return;
}

/** Of a worker that has died: whatever was within is gone with it. */
export function emptyGate(gate: NativeGate): void {
  Atomics.store(gate, within, 0);
}
