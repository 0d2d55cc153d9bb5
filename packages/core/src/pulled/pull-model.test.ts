import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { commit, sha256 } from "../../testing/hub-server.js";
import { weightsOf, withHub } from "../../testing/hub-session.js";
import { withWeights } from "../../testing/weights.js";
import { openOnnxModel } from "../open-onnx-model.js";
import { pullModel } from "./pull-model.js";

const session = withHub();
const id = "tiny/text-classifier";
const root = (): string => join(session.cache, "models--tiny--text-classifier");
const snapshot = (file = ""): string => join(root(), "snapshots", commit, file);
const serve = (dtype: string, weights: Uint8Array) =>
  session.hub.contents.set(`text-classifier/onnx/model_${dtype}.onnx`, weights);
const open = (dtype?: string) => openOnnxModel("text-classification", id, { ...(dtype && { dtype }) });

test("locks what it brings to the byte, at the commit that the revision names", async () => {
  const lock = await pullModel(id);
  expect(lock).toMatchObject({ version: 1, id, revision: "main", commit, task: "text-classification", dtype: "fp32" });
  expect(Object.keys(lock.files)).toEqual([
    "config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "onnx/model.onnx",
  ]);
  for (const [file, digest] of Object.entries(lock.files)) {
    const content = await readFile(snapshot(file));
    expect(digest).toEqual({ bytes: content.length, sha256: sha256(content) });
  }
  expect(JSON.parse(await readFile(join(root(), "bifocal", `${commit}.fp32.lock.json`), "utf8"))).toEqual(lock);
  await session.hub.stop();
  await using model = await open();
  expect(model.labels).toHaveLength(2);
});

test("follows a branch that moved, and keeps the old commit", async () => {
  await pullModel(id);
  session.hub.head = "f".repeat(40);
  const { commit: moved } = await pullModel(id);
  expect(moved).toBe("f".repeat(40));
  expect((await readdir(join(root(), "snapshots"))).sort()).toEqual([commit, moved]);
  expect((await pullModel(`${id}@${commit}`)).commit).toBe(commit);
});

test("brings nothing twice", async () => {
  await pullModel(id);
  session.hub.requests.length = 0;
  await pullModel(id);
  expect(session.hub.paths("store")).toEqual([]);
  expect(session.hub.requests.filter(({ method, path }) => method === "GET" && !path.endsWith("config.json"))).toEqual(
    [],
  );
});

test("compares weights with fp32, which it does not keep, and remembers the answers", async () => {
  serve("quantized", withWeights(await weightsOf("text-classifier"), 2, 1.99));
  const lock = await pullModel(id);
  expect(lock).toMatchObject({ dtype: "q8", canary: { reference: "fp32", agrees: true, tolerance: 0.05 } });
  expect(lock.canary?.drift).toBeGreaterThan(0);
  expect(await readdir(snapshot("onnx"))).toEqual(["model_quantized.onnx"]);
  serve("fp16", await weightsOf("text-classifier"));
  session.hub.requests.length = 0;
  expect((await pullModel(id, { dtype: "fp16" })).canary).toMatchObject({ reference: "fp32", drift: 0 });
  expect(session.hub.paths("store")).toEqual(["/text-classifier/onnx/model_fp16.onnx"]);
});

test("compares with nothing where it shall not, or where there is no fp32", async () => {
  serve("quantized", await weightsOf("text-classifier"));
  expect((await pullModel(id, { compare: false })).canary?.reference).toBe("q8");
  session.hub.contents.set("text-classifier/onnx/model.onnx", undefined);
  expect((await pullModel(id)).canary?.reference).toBe("q8");
});

test("refuses weights that drift, when they are pulled and ever after, and says which to take", async () => {
  serve("q4", withWeights(await weightsOf("text-classifier"), 2, 0.1));
  const drift = { code: "model-damaged", message: expect.stringMatching(/q4 weights.*drift.*Take fp32.*--dtype fp32/) };
  await expect(pullModel(id, { dtype: "q4" })).rejects.toMatchObject(drift);
  await expect(open("q4")).rejects.toMatchObject(drift);
  await pullModel(id, { dtype: "fp32" });
  await expect(open("q4")).rejects.toMatchObject(drift);
  await using model = await open();
  expect((await model.classify(["good"]))[0]?.label).toBe("positive");
});

test("takes what was pulled where no dtype is asked for, and never what drifts", async () => {
  serve("quantized", withWeights(await weightsOf("text-classifier"), 2, -2));
  await expect(pullModel(id)).rejects.toMatchObject({ code: "model-damaged" });
  serve("fp16", await weightsOf("text-classifier"));
  await pullModel(id, { dtype: "fp16" });
  await session.hub.stop();
  await using model = await open();
  expect((await model.classify(["good"]))[0]?.label).toBe("positive");
});

test.each([
  ["token-classifier", "ner", 8, 0.1],
  ["decoder", "text-generation", -30, 0],
] as const)("tries a %s", async (fixture, task, weight, other) => {
  const weights = await weightsOf(fixture);
  session.hub.contents.set(`${fixture}/onnx/model_quantized.onnx`, weights);
  session.hub.contents.set(`${fixture}/onnx/model_q4.onnx`, withWeights(weights, weight, other));
  const lock = await pullModel(`tiny/${fixture}`);
  expect(lock).toMatchObject({ task, dtype: "q8", canary: { reference: "fp32", agrees: true, drift: 0 } });
  await expect(pullModel(`tiny/${fixture}`, { dtype: "q4" })).rejects.toMatchObject({
    code: "model-damaged",
    message: expect.stringMatching(/Take q8/),
  });
});

test("tries a model that writes from what its encoder reads", async () => {
  const { task, canary } = await pullModel("tiny/t5");
  expect(task).toBe("summarization");
  expect(canary).toMatchObject({ reference: "fp32", agrees: true });
  const rows = canary?.answers.head === "write" ? canary.answers.rows : [];
  expect(rows.length).toBeGreaterThan(0);
  for (const { logProbability, tokens } of rows) {
    expect(logProbability).toBeLessThan(0);
    expect(tokens).toBeGreaterThan(0);
  }
});

test("refuses a file that is not what was pulled, and says how to mend it; pulling again mends it", async () => {
  await pullModel(id);
  for (const content of [await weightsOf("token-classifier"), "short"]) {
    await writeFile(snapshot("onnx/model.onnx"), content);
    await expect(open()).rejects.toMatchObject({
      code: "model-damaged",
      message: expect.stringMatching(
        /onnx\/model\.onnx.*Mend it: bifocal models pull tiny\/text-classifier --dtype fp32/,
      ),
    });
    await pullModel(id);
    await (await open())[Symbol.asyncDispose]();
  }
});

test("notices a change of the same length, and a file that is gone when offline", async () => {
  await pullModel(id);
  const tokenizer = await readFile(snapshot("tokenizer.json"), "utf8");
  await writeFile(snapshot("tokenizer.json"), tokenizer.replace("film", "flim"));
  await expect(open()).rejects.toThrow(/tokenizer\.json.*sha256/);
  await rm(snapshot("tokenizer.json"));
  vi.stubEnv("HF_HUB_OFFLINE", "1");
  await expect(open()).rejects.toMatchObject({ code: "no-network" });
});

test("a model that was only opened is locked, too", async () => {
  await (await open())[Symbol.asyncDispose]();
  await writeFile(
    snapshot("config.json"),
    (await readFile(snapshot("config.json"), "utf8")).replace("negative", "nugative"),
  );
  await expect(open()).rejects.toThrow(/config\.json/);
});

test("refuses a lock that is none, and one of a later version", async () => {
  await pullModel(id);
  const path = join(root(), "bifocal", `${commit}.fp32.lock.json`);
  const lock = await readFile(path, "utf8");
  for (const [content, code] of [
    ["{", "model-damaged"],
    [lock.replace("onnx/model.onnx", "../../../model.onnx"), "model-damaged"],
    [lock.replace('"version": 1', '"version": 2'), "model-too-new"],
  ] as const) {
    await writeFile(path, content);
    await expect(open()).rejects.toMatchObject({ code });
  }
});

test("pulls what is there when offline, and says so of what is not", async () => {
  await pullModel(id);
  vi.stubEnv("HF_HUB_OFFLINE", "1");
  session.hub.requests.length = 0;
  expect((await pullModel(id)).commit).toBe(commit);
  await expect(pullModel("tiny/decoder")).rejects.toMatchObject({ code: "no-network" });
  expect(session.hub.requests).toEqual([]);
});

test.each([
  ["tiny/nothing", {}, "unknown-model"],
  ["nothing", {}, "unknown-model"],
  [id, { dtype: "q5" }, "invalid-input"],
  [id, { dtype: "q4" }, "unknown-model"],
  [id, { task: "ner" }, "wrong-task"],
] as const)("%s with %j: %s", async (source, options, code) => {
  await expect(pullModel(source, options)).rejects.toMatchObject({ code });
});
