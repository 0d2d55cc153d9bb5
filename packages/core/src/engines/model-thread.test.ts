import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startModelThread } from "./model-thread.js";
import type { LoadRequest } from "./protocol.js";

const request: LoadRequest & { head: "score" } = {
  folder: "nowhere",
  head: "score",
  dtype: "fp32",
  config: { model_type: "fake" },
};

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bifocal-thread-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** A thread that dies of "die" and answers anything else with its own number. */
async function start(opening = 'parentPort.postMessage({ type: "ready" });') {
  const file = join(folder, `${Math.random().toString(36).slice(2)}.mjs`);
  await writeFile(
    file,
    `import { parentPort, threadId } from "node:worker_threads";
    parentPort.on("message", ({ id, input }) => {
      if (input[0] === "die") process.exit(9);
      parentPort.postMessage({ type: "result", id, result: [threadId] });
    });
    ${opening}`,
  );
  return startModelThread("org/name", request, { entry: pathToFileURL(file) });
}

test("the next call after a crash has a new thread, and calls made at once share it", async () => {
  const thread = await start();
  const before = await thread.call("score", ["a"]);
  const crash = { code: "internal", message: expect.stringContaining("starts it anew") };
  await expect(thread.call("score", ["die"])).rejects.toMatchObject(crash);
  const [one, other] = await Promise.all([thread.call("score", ["b"]), thread.call("score", ["c"])]);
  expect(one).toEqual(other);
  expect(one).not.toEqual(before);
  await thread.close();
  await expect(thread.call("score", ["d"])).rejects.toMatchObject({ code: "invalid-input" });
});

test("a thread that cannot be started again says why, as often as it is asked", async () => {
  const flag = join(folder, "started");
  const thread = await start(`
    import { existsSync, writeFileSync } from "node:fs";
    if (existsSync(${JSON.stringify(flag)})) process.exit(3);
    writeFileSync(${JSON.stringify(flag)}, "");
    parentPort.postMessage({ type: "ready" });
  `);
  await expect(thread.call("score", ["die"])).rejects.toMatchObject({ code: "internal" });
  for (let turn = 0; turn < 2; turn++)
    await expect(thread.call("score", ["a"])).rejects.toMatchObject({
      message: expect.stringContaining("exit code 3"),
    });
  await thread.close();
});
