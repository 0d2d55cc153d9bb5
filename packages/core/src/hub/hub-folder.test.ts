import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { commit, fixtures } from "../../testing/hub-server.js";
import { withHub } from "../../testing/hub-session.js";
import { openOnnxModel } from "../open-onnx-model.js";
import type { DownloadProgress } from "./model-folder.js";

const session = withHub();

const open = (id = "tiny/text-classifier") => openOnnxModel("text-classification", id);

test("downloads a model, tells how far it is, and uses it", async () => {
  const progress: DownloadProgress[] = [];
  const onProgress = (step: DownloadProgress) => void progress.push(step);
  await using model = await openOnnxModel("text-classification", "tiny/text-classifier", { onProgress });
  expect((await model.classify(["a good film"]))[0]?.label).toBe("positive");
  expect(model.card).toMatchObject({
    id: "tiny/text-classifier",
    source: "https://huggingface.co/tiny/text-classifier",
  });
  const steps = progress.filter(({ file }) => file === "onnx/model.onnx");
  const { length } = await readFile(join(fixtures, "text-classifier/onnx/model.onnx"));
  expect(steps[0]).toEqual({ file: "onnx/model.onnx", loadedBytes: 0, totalBytes: length });
  expect(steps.at(-1)).toEqual({ file: "onnx/model.onnx", loadedBytes: length, totalBytes: length });
});

test("looks for q8 first, then fp32, all of one commit", async () => {
  await using _ = await open();
  expect(session.hub.paths()).toEqual([
    "/tiny/text-classifier/resolve/main/config.json",
    ...["tokenizer.json", "tokenizer_config.json", "generation_config.json"].map(
      (file) => `/tiny/text-classifier/resolve/${commit}/${file}`,
    ),
    `/tiny/text-classifier/resolve/${commit}/onnx/model_quantized.onnx`,
    `/tiny/text-classifier/resolve/${commit}/onnx/model.onnx`,
  ]);
});

test("keeps files as the Hub's own tools do, and asks no network the second time", async () => {
  await (await open())[Symbol.asyncDispose]();
  const root = join(session.cache, "models--tiny--text-classifier");
  expect(await readFile(join(root, "refs/main"), "utf8")).toBe(commit);
  expect((await readdir(join(root, "snapshots", commit))).sort()).toEqual([
    "config.json",
    "onnx",
    "tokenizer.json",
    "tokenizer_config.json",
  ]);
  await session.hub.stop();
  await using model = await open();
  expect(model.labels).toEqual(["negative", "positive"]);
});

test("opens a revision, kept beside the others", async () => {
  await using model = await open("tiny/text-classifier@v1");
  expect(model.card.id).toBe("tiny/text-classifier@v1");
  expect(session.hub.paths()[0]).toBe("/tiny/text-classifier/resolve/v1/config.json");
  await expect(open("tiny/text-classifier@v2")).rejects.toMatchObject({ code: "unknown-model" });
});

test("asks nothing of the network when offline", async () => {
  vi.stubEnv("HF_HUB_OFFLINE", "1");
  await expect(open()).rejects.toMatchObject({ code: "no-network", message: expect.stringMatching(/HF_HUB_OFFLINE/) });
  expect(session.hub.requests).toEqual([]);
  vi.stubEnv("HF_HUB_OFFLINE", "");
  await (await open())[Symbol.asyncDispose]();
  const before = session.hub.requests.length;
  vi.stubEnv("HF_HUB_OFFLINE", "1");
  await using _ = await open();
  expect(session.hub.requests).toHaveLength(before);
});

test("says that there is no such model, and keeps nothing", async () => {
  await expect(open("tiny/nothing")).rejects.toMatchObject({
    code: "unknown-model",
    message: expect.stringMatching(/tiny\/nothing/),
  });
  expect(await readdir(session.cache)).toEqual([]);
});

test("says so where a model has no ONNX files", async () => {
  session.hub.misbehave = ({ url }, response) => {
    if (!url?.endsWith(".onnx")) return false;
    response.writeHead(404).end();
    return true;
  };
  await expect(open()).rejects.toMatchObject({
    code: "unknown-model",
    message: expect.stringMatching(/was not made for ONNX/),
  });
});

test("shows its token to the Hub and to no other host, and asks for one where it is refused", async () => {
  session.hub.misbehave = ({ headers }, response, host) => {
    if (host === "store" || headers.authorization === "Bearer hf_secret") return false;
    response.writeHead(401).end();
    return true;
  };
  await expect(open()).rejects.toMatchObject({ code: "not-permitted", message: expect.stringMatching(/HF_TOKEN/) });
  vi.stubEnv("HF_TOKEN", "hf_secret");
  await using _ = await open();
  for (const { host, token } of session.hub.requests.slice(1))
    expect([host, token]).toEqual([host, host === "hub" ? "Bearer hf_secret" : undefined]);
  expect(session.hub.paths("store")).toHaveLength(1);
});

test("says that the network is down, and how to do without", async () => {
  await session.hub.stop();
  await expect(open()).rejects.toMatchObject({ code: "no-network", message: expect.stringMatching(/local folder/) });
});

test("refuses a file that was sent whole but is broken", async () => {
  session.hub.contents.set("text-classifier/onnx/model.onnx", Buffer.from("half of a model"));
  await expect(open()).rejects.toMatchObject({ code: "model-damaged" });
});

test("stops a download that is aborted", async () => {
  const controller = new AbortController();
  session.hub.misbehave = (_, response, host) => {
    if (host === "hub") return false;
    response.writeHead(200, { "content-length": 557 });
    response.write("x".repeat(100), () => controller.abort());
    return true;
  };
  const opening = openOnnxModel("text-classification", "tiny/text-classifier", { signal: controller.signal });
  await expect(opening).rejects.toMatchObject({ code: "aborted" });
});
