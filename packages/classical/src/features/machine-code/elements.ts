import { type Code, i32, type Variable } from "../../machine-code/assembler.js";

/** The address of an element of an array whose elements take 2^bits bytes. */
export const at = (array: Variable, place: Code, bits: number): Code => i32.add(array.get, i32.shiftLeft(place, bits));

/** From the address of one slot of so many bytes to that of the one tried after it; `around` has the bits of an offset of a slot. */
export const nextSlot = (
  { slot, slots, around }: Readonly<Record<"slot" | "slots" | "around", Variable>>,
  bytes: number,
): Code =>
  slot.set(i32.add(slots.get, i32.and(i32.subtract(i32.add(slot.get, i32.const(bytes)), slots.get), around.get)));
