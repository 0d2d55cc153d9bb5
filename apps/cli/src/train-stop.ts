import type { TrainingSignal } from "bifocal";

/** A flag that one thread sets and another polls. */
export type StopFlag = Int32Array<SharedArrayBuffer>;

export function stopFlag(): StopFlag {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

/** Asks whoever polls the flag to end. */
export function requestStop(flag: StopFlag): void {
  Atomics.store(flag, 0, 1);
}

/** The flag as a training polls it. */
export function signalOf(flag: StopFlag): TrainingSignal {
  return {
    get aborted() {
      return Atomics.load(flag, 0) === 1;
    },
    reason: undefined,
  };
}
