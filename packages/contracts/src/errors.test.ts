import { expect, test } from "vitest";
import { BifocalError, messageOf, throwIfAborted } from "./errors.js";

test("an error carries its code, its message and its cause", () => {
  const cause = new Error("below");
  const error = new BifocalError("unreadable", "It cannot be read.", { cause });
  expect(error).toBeInstanceOf(Error);
  expect({ ...error, message: error.message }).toEqual({
    name: "BifocalError",
    code: "unreadable",
    message: "It cannot be read.",
  });
  expect(error.cause).toBe(cause);
});

test("a signal that has not fired stops nothing; one that has fires with its reason", () => {
  expect(() => throwIfAborted(undefined)).not.toThrow();
  expect(() => throwIfAborted(new AbortController().signal)).not.toThrow();
  const reason = new Error("enough");
  expect(() => throwIfAborted(AbortSignal.abort(reason))).toThrow(
    expect.objectContaining({ code: "aborted", cause: reason }),
  );
});

test("whatever was thrown has a message", () => {
  expect(messageOf(new Error("broken"))).toBe("broken");
  expect(messageOf("broken")).toBe("broken");
  expect(messageOf(undefined)).toBe("undefined");
});
