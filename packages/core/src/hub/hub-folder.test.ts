import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openOnnxModel } from "../open-onnx-model.js";
import type { DownloadProgress } from "./model-folder.js";

const fixtures = fileURLToPath(new URL("../../../../tests/fixtures/onnx/", import.meta.url));
const commit = "0123456789abcdef0123456789abcdef01234567";

/** What the server does instead of giving a file; by the path that is asked for. */
type Misbehaviour = (request: IncomingMessage, response: ServerResponse) => boolean;

let cache = "";
let asked: string[] = [];
let tokens: (string | undefined)[] = [];
let misbehave: Misbehaviour = () => false;
let stop = async (): Promise<void> => {};

/** Serves the fixtures as the Hub does: `/tiny/{fixture}/resolve/{revision}/{file}`. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? "";
  asked.push(path);
  tokens.push(request.headers.authorization);
  if (misbehave(request, response)) return;
  const [, name, revision, file] = /^\/tiny\/([\w-]+)\/resolve\/([\w%]+)\/(.+)$/u.exec(path) ?? [];
  const known = revision === "main" || revision === "v1" || revision === commit;
  const body = known ? await readFile(join(fixtures, name ?? "", file ?? "")).catch(() => undefined) : undefined;
  response.writeHead(body === undefined ? 404 : 200, {
    "x-repo-commit": commit,
    ...(body && { "content-length": body.length }),
  });
  response.end(body);
}

beforeEach(async () => {
  asked = [];
  tokens = [];
  misbehave = () => false;
  cache = await mkdtemp(join(tmpdir(), "bifocal-hub-"));
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stop = () =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  for (const name of ["HF_TOKEN", "HF_HUB_OFFLINE", "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"]) vi.stubEnv(name, "");
  vi.stubEnv("HF_ENDPOINT", `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  vi.stubEnv("HF_HOME", cache);
});

afterEach(async () => {
  await stop();
  vi.unstubAllEnvs();
  await rm(cache, { recursive: true });
});

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
  expect(asked).toEqual([
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
  const root = join(cache, "hub/models--tiny--text-classifier");
  expect(await readFile(join(root, "refs/main"), "utf8")).toBe(commit);
  expect((await readdir(join(root, "snapshots", commit))).sort()).toEqual([
    "config.json",
    "onnx",
    "tokenizer.json",
    "tokenizer_config.json",
  ]);
  await stop();
  await using model = await open();
  expect(model.labels).toEqual(["negative", "positive"]);
});

test("opens a revision, kept beside the others", async () => {
  await using model = await open("tiny/text-classifier@v1");
  expect(model.card.id).toBe("tiny/text-classifier@v1");
  expect(asked[0]).toBe("/tiny/text-classifier/resolve/v1/config.json");
  await expect(open("tiny/text-classifier@v2")).rejects.toMatchObject({ code: "unknown-model" });
});

test("asks nothing of the network when offline", async () => {
  vi.stubEnv("HF_HUB_OFFLINE", "1");
  await expect(open()).rejects.toMatchObject({ code: "no-network", message: expect.stringMatching(/HF_HUB_OFFLINE/) });
  expect(asked).toEqual([]);
  vi.stubEnv("HF_HUB_OFFLINE", "");
  await (await open())[Symbol.asyncDispose]();
  const before = asked.length;
  vi.stubEnv("HF_HUB_OFFLINE", "1");
  await using _ = await open();
  expect(asked).toHaveLength(before);
});

test("says that there is no such model, and keeps nothing", async () => {
  await expect(open("tiny/nothing")).rejects.toMatchObject({
    code: "unknown-model",
    message: expect.stringMatching(/tiny\/nothing/),
  });
  expect(await readdir(cache)).toEqual([]);
});

test("says so where a model has no ONNX files", async () => {
  misbehave = ({ url }, response) => {
    if (!url?.endsWith(".onnx")) return false;
    response.writeHead(404).end();
    return true;
  };
  await expect(open()).rejects.toMatchObject({
    code: "unknown-model",
    message: expect.stringMatching(/was not made for ONNX/),
  });
});

test("shows its token, and asks for one where it is refused", async () => {
  misbehave = ({ headers }, response) => {
    if (headers.authorization === "Bearer hf_secret") return false;
    response.writeHead(401).end();
    return true;
  };
  await expect(open()).rejects.toMatchObject({ code: "not-permitted", message: expect.stringMatching(/HF_TOKEN/) });
  vi.stubEnv("HF_TOKEN", "hf_secret");
  await using _ = await open();
  expect(new Set(tokens)).toEqual(new Set([undefined, "Bearer hf_secret"]));
});

test.each([429, 500])("blames the network for status %i", async (status) => {
  misbehave = (_, response) => {
    response.writeHead(status).end();
    return true;
  };
  await expect(open()).rejects.toMatchObject({ code: "no-network" });
});

test("says that the network is down, and how to do without", async () => {
  await stop();
  await expect(open()).rejects.toMatchObject({ code: "no-network", message: expect.stringMatching(/local folder/) });
});

test("refuses a download that stops early, keeps no part of it, and succeeds the next time", async () => {
  misbehave = ({ url }, response) => {
    if (!url?.endsWith("model.onnx")) return false;
    response.writeHead(200, { "content-length": 557 });
    response.write("x".repeat(100), () => response.destroy());
    return true;
  };
  await expect(open()).rejects.toMatchObject({ code: "no-network" });
  expect(await readdir(join(cache, `hub/models--tiny--text-classifier/snapshots/${commit}/onnx`))).toEqual([]);
  misbehave = () => false;
  await using model = await open();
  expect(model.labels).toHaveLength(2);
});

test("refuses a file that was sent whole but is broken", async () => {
  misbehave = ({ url }, response) => {
    if (!url?.endsWith("model.onnx")) return false;
    response.writeHead(200).end("half of a model");
    return true;
  };
  await expect(open()).rejects.toMatchObject({ code: "model-damaged" });
});

test("stops a download that is aborted", async () => {
  const controller = new AbortController();
  misbehave = ({ url }, response) => {
    if (!url?.endsWith("model.onnx")) return false;
    response.writeHead(200, { "content-length": 557 });
    response.write("x".repeat(100), () => controller.abort());
    return true;
  };
  const opening = openOnnxModel("text-classification", "tiny/text-classifier", { signal: controller.signal });
  await expect(opening).rejects.toMatchObject({ code: "aborted" });
});
