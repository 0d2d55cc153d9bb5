import { expect, test } from "vitest";
import { splitOptions, throwIfOver } from "./calls.js";

test("a call is over once its signal has fired or its deadline has passed", () => {
  expect(() => throwIfOver()).not.toThrow();
  expect(() => throwIfOver({ deadline: new Date(Date.now() + 3_600_000) })).not.toThrow();
  expect(() => throwIfOver({ deadline: new Date() })).toThrow(expect.objectContaining({ code: "deadline-exceeded" }));
  expect(() => throwIfOver({ signal: AbortSignal.abort(), deadline: new Date(0) })).toThrow(
    expect.objectContaining({ code: "aborted" }),
  );
});

test("what every call takes is parted from the rest, and what is undefined is absent", () => {
  const deadline = new Date(0);
  expect(splitOptions({ deadline, priority: "bulk", signal: undefined, topK: 3 })).toEqual({
    call: { deadline, priority: "bulk" },
    own: { topK: 3 },
  });
});
