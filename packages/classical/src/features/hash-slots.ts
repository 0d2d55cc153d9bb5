/** What a look-up gives for what is not there. */
export const absent = -1;

/**
 * Slots of open addressing with linear probing, two numbers each: the hash of an entry, and 1 + its number, or 0 in a
 * free slot. A power of two of them, with room for so many entries.
 */
export function hashSlots(entries: number): Int32Array {
  return new Int32Array(2 * slotsFor(entries));
}

/** A power of two, so large that at most two of three slots are taken by so many entries. */
export function slotsFor(entries: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(8, 1.5 * entries)));
}

/** The slots, or twice as many with the same entries, so that at most two of three are taken by so many entries. */
export function roomyEnough(slots: Int32Array, entries: number): Int32Array {
  if (3 * entries <= slots.length) return slots;
  return moveSlots(slots, new Int32Array(2 * slots.length));
}

/** Puts the entries of slots into others, which are free. */
export function moveSlots(slots: Int32Array, others: Int32Array): Int32Array {
  for (let slot = 0; slot < slots.length; slot += 2)
    if (slots[slot + 1] !== 0) putInSlot(others, slots[slot], slots[slot + 1] - 1);
  return others;
}

/** Puts an entry into its first free slot. */
export function putInSlot(slots: Int32Array, hash: number, entry: number): void {
  const last = slots.length - 2;
  let slot = (hash << 1) & last;
  while (slots[slot + 1] !== 0) slot = (slot + 2) & last;
  slots[slot] = hash;
  slots[slot + 1] = entry + 1;
}

/** What `mixedHash` multiplies with. */
export const [firstMixing, lastMixing] = [0x2c1b3c6d, 0x297a2d39];

/** Spreads what tells hashes apart over all their bits: the low ones choose the slot. */
export function mixedHash(hash: number): number {
  const half = Math.imul(hash ^ (hash >>> 15), firstMixing);
  const whole = Math.imul(half ^ (half >>> 12), lastMixing);
  return whole ^ (whole >>> 15);
}

/** A copy with room for so many numbers. */
export function longer(array: Int32Array, length: number): Int32Array {
  const copy = new Int32Array(length);
  copy.set(array);
  return copy;
}
