import { BifocalError } from "@bifocal/contracts";
import { type MachineFunction, machineModule } from "./assembler.js";

/** Memory that machine code works on, and threads may share: it grows, and is never moved. */
export interface SharedMemory {
  readonly buffer: SharedArrayBuffer;
  /** By so many pages of 64 KiB; returns how many there were. */
  grow(pages: number): number;
}

type NumberFunction = (x: number) => number;

// What Node has of it, and TypeScript only tells of browsers.
declare const WebAssembly: {
  readonly Memory: new (limits: { initial: number; maximum: number; shared: true }) => SharedMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: { env: Readonly<Record<string, SharedMemory | NumberFunction>> },
  ) => { readonly exports: Readonly<Record<string, (...values: readonly number[]) => number>> };
};

export const pageBytes = 65_536;
/** 4 GiB: what addresses of 32 bits reach. */
export const mostPages = 65_536;

/**
 * Memory of so many bytes, all 0.
 * @throws {RangeError} where there is not as much
 * @throws {BifocalError} `unsupported` where Node has no WebAssembly.
 */
export function sharedMemory(bytes: number): SharedMemory {
  if (typeof WebAssembly === "undefined")
    throw new BifocalError("unsupported", "This needs WebAssembly, which is off: start Node without --jitless.");
  return new WebAssembly.Memory({ initial: Math.ceil(bytes / pageBytes), maximum: mostPages, shared: true });
}

/**
 * Compiles functions at their first use; gives them over a memory, of which each thread makes its own, once.
 * @param imported the functions of a number that they call, as functions 0, 1 and so on of the module
 */
export function compiledFor<N extends string>(
  imported: Readonly<Record<string, NumberFunction>>,
  functions: Readonly<Record<N, MachineFunction>>,
): (memory: SharedMemory) => Readonly<Record<N, (...values: readonly number[]) => number>> {
  let compiled: object | undefined;
  const ofMemories = new WeakMap<SharedMemory, Readonly<Record<N, (...values: readonly number[]) => number>>>();
  return (memory) => {
    const known = ofMemories.get(memory);
    if (known !== undefined) return known;
    compiled ??= new WebAssembly.Module(machineModule(Object.keys(imported), functions, mostPages));
    const { exports } = new WebAssembly.Instance(compiled, { env: { memory, ...imported } });
    ofMemories.set(memory, exports);
    return exports;
  };
}
