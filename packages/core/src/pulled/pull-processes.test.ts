import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { commit, send, sha256 } from "../../testing/hub-server.js";
import { weightsOf, withHub } from "../../testing/hub-session.js";
import { pullModel } from "./pull-model.js";

const session = withHub();
const id = "tiny/text-classifier";
const model = (): string => join(session.cache, "models--tiny--text-classifier/snapshots", commit, "onnx/model.onnx");

/** Pulls in a process of its own, which says "received" as soon as bytes of the weights are there. */
function pullElsewhere(): ChildProcess {
  const entry = new URL("../../dist/pulled/pull-model.js", import.meta.url).href;
  const script = `
    import { pullModel } from ${JSON.stringify(entry)};
    const onProgress = ({ file, loadedBytes }) => {
      if (file === "onnx/model.onnx" && loadedBytes > 0) process.stdout.write("received\\n");
    };
    await pullModel(${JSON.stringify(id)}, { onProgress });
  `;
  return spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
}

test("goes on where a process that was killed had come to", async () => {
  const weights = await weightsOf("text-classifier");
  const etag = `"store-${sha256(weights).slice(0, 12)}"`;
  const stalled: ServerResponse[] = [];
  session.hub.misbehave = (_, response, host) => {
    if (host === "hub") return false;
    stalled.push(response.writeHead(200, { "content-length": weights.length, etag }));
    response.write(weights.subarray(0, 300));
    return true;
  };
  const child = pullElsewhere();
  await once(child.stdout as NonNullable<typeof child.stdout>, "data");
  const parts = join(session.cache, "models--tiny--text-classifier/bifocal/parts", commit, "onnx%2Fmodel.onnx");
  await vi.waitFor(async () => {
    const [owner = ""] = await readdir(parts);
    expect(await readFile(join(parts, owner, "body"))).toHaveLength(300);
  });
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(await readFile(model()).catch(() => "none")).toBe("none");
  session.hub.misbehave = () => false;
  session.hub.requests.length = 0;
  await pullModel(id);
  expect(session.hub.requests.find(({ host }) => host === "store")?.range).toBe("bytes=300-");
  expect(await readFile(model())).toEqual(weights);
});

test("two processes that pull at once do each other no harm", async () => {
  const weights = await weightsOf("text-classifier");
  const waiting: (() => void)[] = [];
  session.hub.misbehave = (request, response, host) => {
    if (host === "hub") return false;
    // Neither gets its weights before both have asked for them.
    waiting.push(() => send(request, response, weights, { etag: '"store"' }));
    if (waiting.length === 2) for (const answer of waiting) answer();
    return true;
  };
  const children = [pullElsewhere(), pullElsewhere()];
  const codes = await Promise.all(children.map(async (child) => (await once(child, "exit"))[0]));
  expect(codes).toEqual([0, 0]);
  expect(await readFile(model())).toEqual(weights);
  const kept = await readdir(join(session.cache, "models--tiny--text-classifier/bifocal"));
  expect(kept).toEqual([`${commit}.fp32.lock.json`]);
});
