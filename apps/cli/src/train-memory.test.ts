import { expect, test } from "vitest";
import { fileOf } from "../testing/files.js";
import { checkFileSize } from "./train-memory.js";

test("a file that no thread could hold is refused before it is read, unless forced", () => {
  const path = fileOf("large.txt", "x".repeat(2000));
  expect(() => checkFileSize(path, { heap: 2000, all: 0 })).not.toThrow();
  expect(() => checkFileSize(path, { heap: 1999, all: 0 })).toThrow(expect.objectContaining({ code: "too-large" }));
  expect(() => checkFileSize(path, { heap: 1999, all: 0 })).toThrow("--force trains all the same");
  expect(() => checkFileSize("-", { heap: 0, all: 0 })).not.toThrow();
});
