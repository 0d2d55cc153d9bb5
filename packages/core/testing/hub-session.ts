import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, vi } from "vitest";
import { fixtures, type HubServer, startHub } from "./hub-server.js";

/** A Hub on this machine and an empty cache for each test of a file, told by the environment as to any program. */
export interface HubSession {
  readonly hub: HubServer;
  readonly cache: string;
}

export function withHub(): HubSession {
  const session: { hub: HubServer; cache: string } = { hub: undefined as never, cache: "" };
  beforeEach(async () => {
    session.cache = await mkdtemp(join(tmpdir(), "bifocal-hub-"));
    session.hub = await startHub();
    for (const name of ["HF_TOKEN", "HF_HUB_OFFLINE", "HF_HOME", "HUGGINGFACE_HUB_CACHE"]) vi.stubEnv(name, "");
    vi.stubEnv("HF_ENDPOINT", session.hub.endpoint);
    vi.stubEnv("HF_HUB_CACHE", session.cache);
  });
  afterEach(async () => {
    await session.hub.stop();
    vi.unstubAllEnvs();
    await rm(session.cache, { recursive: true, force: true });
  });
  return session;
}

/** The weights of a fixture. */
export function weightsOf(fixture: string, graph = "model"): Promise<Buffer> {
  return readFile(join(fixtures, fixture, `onnx/${graph}.onnx`));
}
