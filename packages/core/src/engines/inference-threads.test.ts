import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { inferenceThreads } from "./inference-threads.js";

const large = 100e6;
let root = "";
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A machine of so many processors, of which two share a core each or none do. */
function machine({ processors, aCore = 1, quota }: { processors: number; aCore?: number; quota?: string }) {
  root = mkdtempSync(join(tmpdir(), "bifocal-machine-"));
  for (let i = 0; i < processors; i++) {
    const folder = join(root, `sys/devices/system/cpu/cpu${i}/topology`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "physical_package_id"), "0\n");
    writeFileSync(join(folder, "core_id"), `${Math.floor(i / aCore)}\n`);
  }
  mkdirSync(join(root, "sys/fs/cgroup"), { recursive: true });
  if (quota !== undefined) writeFileSync(join(root, "sys/fs/cgroup/cpu.max"), `${quota}\n`);
  return { root, allowed: processors };
}

test("a thread a core, and not one for each of two processors that share it", () => {
  expect(inferenceThreads(large, machine({ processors: 2 }))).toBe(2);
  expect(inferenceThreads(large, machine({ processors: 16, aCore: 2 }))).toBe(8);
});

test("no more than the process may use", () => {
  expect(inferenceThreads(large, { ...machine({ processors: 16 }), allowed: 3 })).toBe(3);
});

test.each([
  ["200000 100000", 2],
  ["150000 100000", 2],
  ["20000 100000", 1],
  ["max 100000", 16],
])("a container's limit of processor time %s is %i threads", (quota, threads) => {
  expect(inferenceThreads(large, machine({ processors: 16, quota }))).toBe(threads);
});

test("a small network runs in one thread", () => {
  expect(inferenceThreads(1e6, machine({ processors: 16 }))).toBe(1);
});

test("where the system does not tell, ONNX Runtime counts for itself", () => {
  expect(inferenceThreads(large, { root: "/nowhere", allowed: 4 })).toBeUndefined();
});
