import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { commit } from "../../testing/hub-server.js";
import { weightsOf, withHub } from "../../testing/hub-session.js";
import { withWeights } from "../../testing/weights.js";
import type { ModelLock } from "../hub/model-lock.js";
import { lockPath } from "../hub/model-lock.js";
import { openOnnxModel } from "../open-onnx-model.js";
import { packModel } from "./pack-model.js";
import { pullModel } from "./pull-model.js";
import { pulledModels } from "./pulled-models.js";
import { removeModel } from "./remove-model.js";
import { unpackModel } from "./unpack-model.js";
import { verifyModels } from "./verify-models.js";

const session = withHub();
const id = "tiny/text-classifier";
const root = (): string => join(session.cache, "models--tiny--text-classifier");
const weights = (): string => join(root(), "snapshots", commit, "onnx/model.onnx");

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

async function change(lock: ModelLock, to: (lock: ModelLock) => object): Promise<void> {
  await writeFile(lockPath(root(), lock), JSON.stringify(to(lock)));
}

test("lists nothing, and then what was pulled", async () => {
  expect(await pulledModels()).toEqual([]);
  const decoder = await pullModel("tiny/decoder");
  const classifier = await pullModel(id);
  expect(await pulledModels()).toEqual([decoder, classifier]);
});

test("finds every model whole, and says which file is not", async () => {
  await pullModel("tiny/token-classifier");
  await pullModel(id);
  expect((await all(verifyModels())).map(({ badFiles }) => badFiles)).toEqual([[], []]);
  await truncate(weights(), 100);
  const [found] = await all(verifyModels(id));
  expect(found?.badFiles).toEqual([{ file: "onnx/model.onnx", problem: "it has 100 bytes and should have 557" }]);
  await rm(weights());
  expect((await all(verifyModels(id)))[0]?.badFiles[0]?.problem).toBe("it is missing");
  expect((await all(verifyModels("tiny/token-classifier")))[0]?.badFiles).toEqual([]);
});

test("tries the weights anew on this machine, and keeps the verdict", async () => {
  const lock = await pullModel(id);
  const { canary } = lock;
  if (canary?.answers.head !== "score") throw new Error("no canary");
  const rows = canary.answers.rows.map((row) => ({ ...row, probabilities: [...row.probabilities].reverse() }));
  await change(lock, () => ({ ...lock, canary: { ...canary, answers: { head: "score", rows } } }));
  expect((await all(verifyModels(id)))[0]?.lock.canary?.agrees).toBe(false);
  await expect(openOnnxModel("text-classification", id)).rejects.toMatchObject({ code: "model-damaged" });
  await change(lock, () => lock);
  expect((await all(verifyModels(id)))[0]?.lock).toEqual(lock);
});

test("verifies only what was pulled", async () => {
  await expect(all(verifyModels(id))).rejects.toMatchObject({
    code: "unknown-model",
    message: expect.stringMatching(/bifocal models pull tiny\/text-classifier/),
  });
});

test("removes a model, or one revision of it", async () => {
  await pullModel(id);
  session.hub.head = "e".repeat(40);
  await pullModel(id);
  await pullModel("tiny/decoder");
  expect(await removeModel(`${id}@${commit}`)).toBeGreaterThan(557);
  expect((await pulledModels()).map((lock) => [lock.id, lock.commit])).toEqual([
    ["tiny/decoder", session.hub.head],
    [id, session.hub.head],
  ]);
  await removeModel(id);
  expect(await readdir(session.cache)).toEqual(["models--tiny--decoder"]);
  await expect(removeModel(id)).rejects.toMatchObject({
    code: "unknown-model",
    message: expect.stringMatching(/decoder/),
  });
});

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bifocal-pack-"));
});
afterAll(() => rm(folder, { recursive: true }));

const packed = (): string => join(folder, "model.tar");

test("packs a model for a machine that has no network, the same bytes each time", async () => {
  const lock = await pullModel(`${id}@v1`);
  expect(await packModel(`${id}@v1`, packed())).toEqual(lock);
  const first = await readFile(packed());
  await packModel(`${id}@v1`, packed());
  expect(await readFile(packed())).toEqual(first);
  await session.hub.stop();
  await rm(root(), { recursive: true });
  expect(await unpackModel(packed())).toEqual(lock);
  await using model = await openOnnxModel("text-classification", `${id}@v1`);
  expect((await model.classify(["good"]))[0]?.label).toBe("positive");
  expect(await readdir(folder)).toEqual(["model.tar"]);
});

test("packs the dtype that it is told to, of several", async () => {
  session.hub.contents.set("text-classifier/onnx/model_quantized.onnx", await weightsOf("text-classifier"));
  await pullModel(id);
  await pullModel(id, { dtype: "fp32" });
  await expect(packModel(id, packed())).rejects.toMatchObject({
    code: "invalid-input",
    message: expect.stringMatching(/fp32, q8.*--dtype/),
  });
  expect((await packModel(id, packed(), { dtype: "q8" })).dtype).toBe("q8");
  await expect(packModel(id, packed(), { dtype: "q4" })).rejects.toMatchObject({ code: "unknown-model" });
});

test("packs no damaged model, and says where it cannot write", async () => {
  await pullModel(id);
  await expect(packModel(id, join(folder, "none/model.tar"))).rejects.toMatchObject({ code: "unwritable" });
  await writeFile(weights(), withWeights(await weightsOf("text-classifier"), 2, 3));
  await expect(packModel(id, packed())).rejects.toMatchObject({ code: "model-damaged" });
});

test("unpacks nothing that was changed on the way, or that a lock does not name", async () => {
  await pullModel(id);
  await packModel(id, packed());
  const whole = await readFile(packed());
  await rm(root(), { recursive: true });
  const changed = Buffer.from(whole);
  changed[whole.length - 1024 - 512 + 3] = 1;
  const cases = [changed, whole.subarray(0, -3000), Buffer.alloc(1024), Buffer.from("text")];
  for (const content of cases) {
    await writeFile(packed(), content);
    await expect(unpackModel(packed())).rejects.toMatchObject({ code: "model-damaged" });
  }
  expect(await pulledModels()).toEqual([]);
  await expect(unpackModel(join(folder, "none.tar"))).rejects.toMatchObject({ code: "unreadable" });
});

test("tries unpacked weights on the machine that they came to", async () => {
  const lock = await pullModel(id);
  const { canary } = lock;
  if (canary?.answers.head !== "score") throw new Error("no canary");
  const rows = canary.answers.rows.map((row) => ({ ...row, probabilities: [...row.probabilities].reverse() }));
  await change(lock, () => ({ ...lock, canary: { ...canary, answers: { head: "score", rows } } }));
  await packModel(id, packed());
  vi.stubEnv("HF_HUB_OFFLINE", "1");
  await expect(unpackModel(packed())).rejects.toMatchObject({
    code: "model-damaged",
    message: expect.stringMatching(/drift/),
  });
});
