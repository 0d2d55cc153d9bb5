import { BifocalError } from "@bifocal/contracts";
import { mostPages, pageBytes, type SharedMemory, sharedMemory } from "./shared-memory.js";

/** `Float64Array`, `Uint32Array` and so on. */
export interface ArrayMaker<A> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: SharedArrayBuffer, byteOffset: number, length: number): A;
}

/** Memory that arrays are made in, one after the other. */
export interface ArrayRoom {
  readonly memory: SharedMemory;
  /** An array of numbers that are 0. @throws {BifocalError} `too-large` where there is no room for it. */
  array<A extends ArrayBufferView>(make: ArrayMaker<A>, length: number): A;
}

/** Arrays begin at multiples of it. */
const unitBytes = 8;
/** The memory's first number tells in units where its free part begins. */
const ownUnits = 8;

/** Memory given back, which the next training begins with: pages that a process has not touched yet cost it time. */
const spare: SharedMemory[] = [];
const mostSpares = 2;
export const mostSpareBytes = 32 * 2 ** 20;

/** Room in memory that grows as arrays are asked for. */
export interface GrowingRoom extends ArrayRoom {
  /** An array of whatever numbers, for whoever writes them all. @throws {BifocalError} `too-large` where there is no room for it. */
  raw<A extends ArrayBufferView>(make: ArrayMaker<A>, length: number): A;
}

/** Memory, to begin with of so many bytes. @throws {BifocalError} `too-large` where there is not as much. */
export function newRoom(bytes: number): GrowingRoom {
  const memory = spare.pop() ?? orTooLarge(() => sharedMemory(unitBytes * ownUnits + bytes));
  new Uint32Array(memory.buffer)[0] = ownUnits;
  return roomIn(memory);
}

/** For others to use: none of its arrays may be looked at any more. */
export function giveBack(memory: SharedMemory): void {
  const isWorth = spare.length < mostSpares && memory.buffer.byteLength <= mostSpareBytes;
  if (isWorth && !spare.includes(memory)) spare.push(memory);
}

/** More room in a memory, which threads may ask for at the same time. */
export function roomIn(memory: SharedMemory): GrowingRoom {
  const free = new Uint32Array(memory.buffer, 0, 1);
  const raw: GrowingRoom["raw"] = (make, length) => {
    const units = Math.ceil((length * make.BYTES_PER_ELEMENT) / unitBytes);
    const start = unitBytes * Atomics.add(free, 0, units);
    growTo(memory, start + unitBytes * units);
    return new make(memory.buffer, start, length);
  };
  return {
    memory,
    raw,
    array(make, length) {
      const array = raw(make, length);
      clear(array);
      return array;
    },
  };
}

/** Unit by unit, which takes an eighth of the time that it takes byte by byte where memory is shared. */
function clear({ buffer, byteOffset, byteLength }: ArrayBufferView): void {
  new Float64Array(buffer, byteOffset, Math.ceil(byteLength / unitBytes)).fill(0);
}

/** Grows in steps of four megabytes: what is not used takes no memory. */
const pagesAtATime = 64;

function growTo(memory: SharedMemory, end: number): void {
  const missing = Math.ceil((end - memory.buffer.byteLength) / pageBytes);
  if (missing <= 0) return;
  const left = mostPages - memory.buffer.byteLength / pageBytes;
  orTooLarge(() => memory.grow(Math.max(missing, Math.min(pagesAtATime, left))));
}

function orTooLarge<T>(take: () => T): T {
  try {
    return take();
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw noRoom({ cause });
  }
}

/** What is thrown where there is no room for an array. */
export function noRoom(options?: ErrorOptions): BifocalError {
  const message = "There is no memory left for this training, which can have 4 GB at most.";
  const hint =
    "Train on fewer items or features (maximumFeatures, minimumCount), or by another optimizer or algorithm.";
  return new BifocalError("too-large", `${message} ${hint}`, options);
}

const unavailable: ReadonlySet<string> = new Set(["too-large", "unsupported"]);

/** What is made in memory, or `undefined` where there is none left, or no WebAssembly. */
export function ifThereIsRoom<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof BifocalError && unavailable.has(error.code)) return undefined;
    throw error;
  }
}

/** Room whose arrays are given again, set to 0, to whoever begins anew and asks for the same in the same order. */
export function reusableRoom(memory: SharedMemory): ArrayRoom & { beginAnew(): void } {
  const room = roomIn(memory);
  const given: ArrayBufferView[] = [];
  let next = 0;
  return {
    memory,
    beginAnew() {
      next = 0;
    },
    array(make, length) {
      const made = given[next++];
      if (made instanceof make) {
        clear(made);
        return made;
      }
      const array = room.array(make, length);
      given.push(array);
      return array;
    },
  };
}
