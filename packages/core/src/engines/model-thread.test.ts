import { expect, test } from "vitest";
import { fakeRequest, fakeWorkers } from "../../testing/fake-worker.js";
import { startModelThread } from "./model-thread.js";

const workers = fakeWorkers();

/** A thread that dies of "die" and answers anything else with its own number. */
async function start(opening?: string) {
  const body = `
    if (input[0] === "die") process.exit(9);
    parentPort.postMessage({ type: "result", id, result: [threadId] });`;
  return startModelThread("org/name", fakeRequest, { entry: await workers.entry(body, opening) });
}

test("the next call after a crash has a new thread, and calls made at once share it", async () => {
  const thread = await start();
  const before = await thread.call("embed", ["a"]);
  const crash = { code: "internal", message: expect.stringContaining("starts it anew") };
  await expect(thread.call("embed", ["die"])).rejects.toMatchObject(crash);
  const [one, other] = await Promise.all([thread.call("embed", ["b"]), thread.call("embed", ["c"])]);
  expect(one).toEqual(other);
  expect(one).not.toEqual(before);
  await thread.close();
  await expect(thread.call("embed", ["d"])).rejects.toMatchObject({ code: "invalid-input" });
});

test("a thread that cannot be started again says why, as often as it is asked", async () => {
  const flag = workers.path("started");
  const thread = await start(`
    import { existsSync, writeFileSync } from "node:fs";
    if (existsSync(${JSON.stringify(flag)})) process.exit(3);
    writeFileSync(${JSON.stringify(flag)}, "");
    parentPort.postMessage({ type: "ready" });
  `);
  await expect(thread.call("embed", ["die"])).rejects.toMatchObject({ code: "internal" });
  for (let turn = 0; turn < 2; turn++)
    await expect(thread.call("embed", ["a"])).rejects.toMatchObject({
      message: expect.stringContaining("exit code 3"),
    });
  await thread.close();
});
