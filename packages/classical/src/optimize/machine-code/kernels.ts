import { machineModule } from "./assembler.js";
import type { PassArgument } from "./dual-pass.js";
import { passArguments } from "./dual-pass.js";
import { hingePass } from "./hinge-pass.js";
import { logisticPass } from "./logistic-pass.js";
import { addProducts, addToWeights, sumOfProducts, sumOfWeights } from "./row-sums.js";

/** Memory that machine code works on, and threads may share: it grows, and is never moved. */
export interface SharedMemory {
  readonly buffer: SharedArrayBuffer;
  /** By so many pages of 64 KiB; returns how many there were. */
  grow(pages: number): number;
}

// What Node has of it, and TypeScript only tells of browsers.
declare const WebAssembly: {
  readonly Memory: new (limits: { initial: number; maximum: number; shared: true }) => SharedMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: { env: { memory: SharedMemory; exp: (x: number) => number } },
  ) => { readonly exports: Readonly<Record<PassName, (...values: readonly number[]) => void>> };
};

export const pageBytes = 65_536;
/** 4 GiB: what addresses of 32 bits reach. */
export const mostPages = 65_536;

export type PassName = "hingePass" | "logisticPass";

export type Kernels = Readonly<Record<PassName, (values: Readonly<Record<PassArgument, number>>) => void>>;

/** Memory of so many bytes, all 0. @throws {RangeError} where there is not as much. */
export function sharedMemory(bytes: number): SharedMemory {
  return new WebAssembly.Memory({ initial: Math.ceil(bytes / pageBytes), maximum: mostPages, shared: true });
}

let compiled: object | undefined;
const ofMemories = new WeakMap<SharedMemory, Kernels>();

/** The passes of dual coordinate descent in machine code, over one memory; each thread makes its own, once. */
export function kernelsOf(memory: SharedMemory): Kernels {
  const known = ofMemories.get(memory);
  if (known !== undefined) return known;
  const sums = { sumOfWeights, sumOfProducts, addToWeights, addProducts };
  compiled ??= new WebAssembly.Module(machineModule({ ...sums, hingePass, logisticPass }, mostPages));
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory, exp: Math.exp } });
  const inOrder = (pass: PassName) => (values: Readonly<Record<PassArgument, number>>) =>
    exports[pass](...passArguments.map((name) => values[name]));
  const kernels = { hingePass: inOrder("hingePass"), logisticPass: inOrder("logisticPass") };
  ofMemories.set(memory, kernels);
  return kernels;
}
