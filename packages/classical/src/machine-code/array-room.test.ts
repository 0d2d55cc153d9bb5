import { expect, test } from "vitest";
import { giveBack, newRoom, reusableRoom, roomIn } from "./array-room.js";

test("arrays of a room are 0, do not overlap, and stay where they are while it grows", () => {
  const room = newRoom(100);
  const small = room.array(Uint8Array, 3).fill(7);
  const large = room.array(Float64Array, 1_000_000);
  expect(large.every((number) => number === 0)).toBe(true);
  large.fill(1);
  expect([...small]).toEqual([7, 7, 7]);
  const others = roomIn(room.memory).array(Int8Array, 8).fill(-1);
  expect(large.every((number) => number === 1)).toBe(true);
  expect(others.byteOffset).toBe(large.byteOffset + large.byteLength);
});

test("memory given back is used again, and its arrays are 0", () => {
  const first = newRoom(1000);
  first.array(Float64Array, 100).fill(3);
  giveBack(first.memory);
  const second = newRoom(1000);
  expect(second.memory).toBe(first.memory);
  expect([...second.array(Float64Array, 100)]).toEqual(new Array(100).fill(0));
  expect(newRoom(1000).memory).not.toBe(first.memory);
});

test("a reusable room gives the same arrays again, as 0, and others where others are asked for", () => {
  const room = reusableRoom(newRoom(1000).memory);
  const ask = () => [room.array(Float64Array, 5), room.array(Uint32Array, 3)] as const;
  const first = ask();
  first[0].fill(1);
  room.beginAnew();
  const second = ask();
  expect(second[0]).toBe(first[0]);
  expect(second[1]).toBe(first[1]);
  expect([...second[0]]).toEqual([0, 0, 0, 0, 0]);
  const third = room.array(Uint32Array, 3);
  expect(third.byteOffset).not.toBe(second[1].byteOffset);
});

test("more than 4 GiB is refused, with what to do", () => {
  const { array } = newRoom(1000);
  expect(() => array(Float64Array, 2 ** 29)).toThrow(
    expect.objectContaining({ code: "too-large", message: expect.stringContaining("maximumFeatures") }),
  );
});
