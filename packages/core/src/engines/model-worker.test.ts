import { writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { fakeRequest, fakeWorkers } from "../../testing/fake-worker.js";
import { startModelWorker } from "./model-worker.js";

const workers = fakeWorkers();

/** A process that dies of "die" and answers anything else with its own number. */
async function start(opening?: string) {
  const body = `
    if (input[0] === "die") process.exit(9);
    process.send({ type: "result", id, result: [process.pid] });`;
  return startModelWorker("org/name", fakeRequest, { entry: await workers.entry(body, opening) });
}

test("the next call after a crash has a new process, and calls made at once share it", async () => {
  const worker = await start();
  const before = await worker.call("embed", ["a"]);
  const crash = { code: "internal", message: expect.stringContaining("starts it anew") };
  await expect(worker.call("embed", ["die"])).rejects.toMatchObject(crash);
  const [one, other] = await Promise.all([worker.call("embed", ["b"]), worker.call("embed", ["c"])]);
  expect(one).toEqual(other);
  expect(one).not.toEqual(before);
  await worker.close();
  await expect(worker.call("embed", ["d"])).rejects.toMatchObject({ code: "invalid-input" });
});

test("a process that cannot be started again says why, as often as it is asked", async () => {
  const flag = workers.path("started");
  const worker = await start(`
    if (existsSync(${JSON.stringify(flag)})) process.exit(3);
    writeFileSync(${JSON.stringify(flag)}, "");
    process.send({ type: "ready" });
  `);
  await expect(worker.call("embed", ["die"])).rejects.toMatchObject({ code: "internal" });
  for (let turn = 0; turn < 2; turn++)
    await expect(worker.call("embed", ["a"])).rejects.toMatchObject({
      message: expect.stringContaining("exit code 3"),
    });
  await worker.close();
});

test("a call waits for a process that is started again no longer than it may; a patient one finds it", async () => {
  const [started, released] = [workers.path("slow"), workers.path("released")];
  const worker = await start(`
    const ready = () => process.send({ type: "ready" });
    if (existsSync(${JSON.stringify(started)})) {
      const wait = setInterval(() => {
        if (!existsSync(${JSON.stringify(released)})) return;
        clearInterval(wait);
        ready();
      }, 1);
    } else ready();
    writeFileSync(${JSON.stringify(started)}, "");
  `);
  await expect(worker.call("embed", ["die"])).rejects.toMatchObject({ code: "internal" });
  const controller = new AbortController();
  const { signal } = controller;
  const aborted = expect(worker.call("embed", ["a"], { signal })).rejects.toMatchObject({ code: "aborted" });
  const patient = worker.call("embed", ["b"]);
  controller.abort();
  await aborted;
  const deadline = new Date(Date.now() + 20);
  await expect(worker.call("embed", ["c"], { deadline })).rejects.toMatchObject({
    code: "deadline-exceeded",
    message: expect.stringContaining("org/name"),
  });
  await expect(worker.call("embed", ["d"], { signal })).rejects.toMatchObject({ code: "aborted" });
  await writeFile(released, "");
  expect(await patient).toHaveLength(1);
  await worker.close();
});
