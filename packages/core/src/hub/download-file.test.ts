import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { commit, type HubServer, type Misbehaviour, send, sha256, startHub } from "../../testing/hub-server.js";
import { downloadFile } from "./download-file.js";
import { hubSettings } from "./hub-settings.js";
import { claimPart } from "./partial-file.js";

const weights = Buffer.from(Float64Array.from({ length: 40_000 }, (_, i) => Math.sin(i)).buffer);
const half = weights.length / 2;

let folder = "";
let hub: HubServer;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "bifocal-download-"));
  hub = await startHub();
  hub.contents.set("text-classifier/onnx/model.onnx", weights);
});

afterEach(async () => {
  await hub.stop();
  await rm(folder, { recursive: true });
});

const target = (): string => join(folder, "snapshot/model.onnx");
const partsFolder = (): string => join(folder, "parts", commit, "model.onnx");
const steps: number[] = [];

function download(file = "onnx/model.onnx", signal?: AbortSignal) {
  steps.length = 0;
  const onBytes = (loaded: number): void => void steps.push(loaded);
  const hubId = { id: "tiny/text-classifier", revision: commit };
  const what = { hubId, file, signal, onBytes, partsFolder: partsFolder(), place: target };
  return downloadFile(what, hubSettings({ HF_ENDPOINT: hub.endpoint }));
}

/** Sends the first half of the file, and then what is told. */
function sendHalf(response: ServerResponse, then: (response: ServerResponse) => void, etag = '"store-1"'): void {
  response.writeHead(200, { "content-length": weights.length, etag });
  response.write(weights.subarray(0, half), () => then(response));
}

/** Misbehaves in the store alone, so many times. */
function inStore(times: number, answer: (response: ServerResponse) => void): Misbehaviour {
  let left = times;
  return (_, response, host) => {
    if (host === "hub" || left-- <= 0) return false;
    answer(response);
    return true;
  };
}

/** Where the last request asked to go on: what the connection had taken when it broke. */
function resumedFrom(): number {
  const from = Number(/^bytes=(\d+)-$/u.exec(ranges().at(-1) ?? "")?.[1]);
  expect(from).toBeGreaterThan(0);
  expect(from).toBeLessThanOrEqual(half);
  return from;
}

const ranges = (): (string | undefined)[] =>
  hub.requests.filter(({ host }) => host === "store").map(({ range }) => range);

async function expectWhole(): Promise<void> {
  expect(sha256(await readFile(target()))).toBe(sha256(weights));
  expect(await readdir(folder)).not.toContain("parts");
}

test("brings a file from where the Hub points to, with its commit and digest", async () => {
  expect(await download()).toEqual({ bytes: weights.length, sha256: sha256(weights), commit });
  await expectWhole();
});

test("goes on at once where the server broke off", async () => {
  const etag = `"store-${sha256(weights).slice(0, 12)}"`;
  hub.misbehave = inStore(1, (response) => sendHalf(response, () => response.destroy(), etag));
  await download();
  expect(ranges()).toHaveLength(2);
  expect(steps).toContain(resumedFrom());
  expect(steps.at(-1)).toBe(weights.length);
  await expectWhole();
});

test("begins anew where the file has become another", async () => {
  hub.misbehave = inStore(1, (response) => sendHalf(response, () => response.destroy(), '"an older one"'));
  await download();
  expect(ranges()).toHaveLength(2);
  resumedFrom();
  await expectWhole();
});

test("is not misled by a server that sends another part than it was asked for", async () => {
  const etag = `"store-${sha256(weights).slice(0, 12)}"`;
  let count = 0;
  hub.misbehave = (_, response, host) => {
    if (host === "hub" || ++count > 2) return false;
    if (count === 1) sendHalf(response, () => response.destroy(), etag);
    else response.writeHead(206, { etag, "content-range": `bytes 7-9/${weights.length}` }).end("abc");
    return true;
  };
  await download();
  await expectWhole();
});

test("gives up on a server that goes on breaking off, leaves what came, and goes on from there the next time", async () => {
  const etag = `"store-${sha256(weights).slice(0, 12)}"`;
  hub.misbehave = (request, response, host) => {
    if (host === "hub") return false;
    if (request.headers.range === undefined) sendHalf(response, () => response.destroy(), etag);
    else response.destroy();
    return true;
  };
  await expect(download()).rejects.toMatchObject({ code: "no-network" });
  await expect(readFile(target())).rejects.toThrow();
  hub.misbehave = () => false;
  hub.requests.length = 0;
  await download();
  expect(ranges()).toHaveLength(1);
  expect(steps[0]).toBe(resumedFrom());
  await expectWhole();
});

test("finishes a part that had arrived whole", async () => {
  const etag = `"store-${sha256(weights).slice(0, 12)}"`;
  const left = join(partsFolder(), "unowned/body");
  await mkdir(dirname(left), { recursive: true });
  await writeFile(left, weights);
  await writeFile(join(dirname(left), "etag"), etag);
  await download();
  expect(ranges()).toEqual([`bytes=${weights.length}-`]);
  await expectWhole();
});

test("drops a part that went bad, and brings the file anew", async () => {
  const etag = `"store-${sha256(weights).slice(0, 12)}"`;
  const left = join(partsFolder(), "unowned/body");
  await mkdir(dirname(left), { recursive: true });
  await writeFile(left, Buffer.alloc(1000, 7));
  await writeFile(join(dirname(left), "etag"), etag);
  await download();
  expect(ranges()).toEqual(["bytes=1000-", undefined]);
  await expectWhole();
});

test("leaves alone the part of a process that is alive", async () => {
  const mine = await claimPart(partsFolder());
  await mkdir(dirname(mine.body), { recursive: true });
  await writeFile(mine.body, "mine");
  await writeFile(join(dirname(mine.body), "etag"), '"e"');
  await download();
  expect(ranges()).toEqual([undefined]);
  expect(await readFile(mine.body, "utf8")).toBe("mine");
});

test("refuses what is not what the Hub says, and keeps nothing of it", async () => {
  hub.claimedSha256 = "0".repeat(64);
  await expect(download()).rejects.toMatchObject({
    code: "model-damaged",
    message: expect.stringMatching(/onnx\/model\.onnx.*checksum/),
  });
  expect(await readdir(folder)).toEqual([]);
});

test("compares small files with git's name for them", async () => {
  await download("config.json");
  hub.misbehave = (request, response) => {
    send(request, response, Buffer.from("{}"), { "x-repo-commit": commit, etag: `"${"1".repeat(40)}"` });
    return true;
  };
  await expect(download("config.json")).rejects.toMatchObject({ code: "model-damaged" });
});

test.each([429, 503])("asks again after status %i, as soon as it is told to", async (status) => {
  hub.misbehave = inStore(2, (response) => void response.writeHead(status, { "retry-after": "0" }).end());
  await download();
  expect(ranges()).toHaveLength(3);
  await expectWhole();
});

test.each([429, 500, 503])("gives up on a server that goes on answering with status %i", async (status) => {
  hub.misbehave = (_, response) => {
    response.writeHead(status, { "retry-after": "0" }).end();
    return true;
  };
  await expect(download()).rejects.toMatchObject({ code: "no-network", message: expect.stringMatching(`${status}`) });
  expect(hub.requests).toHaveLength(4);
});

test("does not wait for an hour, but says that it should", async () => {
  hub.misbehave = (_, response) => {
    response.writeHead(429, { "retry-after": "3600" }).end();
    return true;
  };
  await expect(download()).rejects.toThrow(/wait 3600 s/);
  expect(hub.requests).toHaveLength(1);
});

test.each([401, 403])("says that it is not permitted, at once, for status %i", async (status) => {
  hub.misbehave = (_, response) => {
    response.writeHead(status).end();
    return true;
  };
  await expect(download()).rejects.toMatchObject({ code: "not-permitted", message: expect.stringMatching(/HF_TOKEN/) });
  expect(hub.requests).toHaveLength(1);
});

test("finds no such file, and leaves nothing", async () => {
  expect(await download("onnx/model_q4.onnx")).toBeUndefined();
  expect(await readdir(folder)).toEqual([]);
});

test.each(["/a-circle", "ftp://127.0.0.1/model.onnx"])("follows no redirection to %s", async (location) => {
  hub.misbehave = (_, response) => {
    response.writeHead(302, { location }).end();
    return true;
  };
  await expect(download()).rejects.toMatchObject({ code: "no-network" });
});

test("reads a slow server to its end", async () => {
  hub.misbehave = inStore(1, (response) => {
    response.writeHead(200, { "content-length": weights.length });
    const drip = (at: number): void => {
      if (at >= weights.length) return void response.end();
      response.write(weights.subarray(at, at + 16_000), () => setTimeout(() => drip(at + 16_000), 5));
    };
    drip(0);
  });
  await download();
  expect(steps.length).toBeGreaterThan(5);
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
  await expectWhole();
});

test("keeps what came before it was aborted", async () => {
  const controller = new AbortController();
  const etag = `"store-${sha256(weights).slice(0, 12)}"`;
  hub.misbehave = inStore(1, (response) => sendHalf(response, () => {}, etag));
  const aborted = expect(
    downloadFile(
      {
        hubId: { id: "tiny/text-classifier", revision: commit },
        file: "onnx/model.onnx",
        partsFolder: partsFolder(),
        place: target,
        signal: controller.signal,
        onBytes: (loaded) => loaded === half && controller.abort(),
      },
      hubSettings({ HF_ENDPOINT: hub.endpoint }),
    ),
  ).rejects.toMatchObject({ code: "aborted" });
  await aborted;
  await download();
  expect(ranges().at(-1)).toMatch(/^bytes=\d+-$/);
  await expectWhole();
});
