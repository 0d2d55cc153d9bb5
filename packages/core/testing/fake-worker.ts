import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll } from "vitest";
import type { LoadRequest } from "../src/engines/protocol.js";

/** What a fake worker is asked to load. */
export const fakeRequest: LoadRequest & { readonly head: "embed" } = {
  folder: "nowhere",
  head: "embed",
  dtype: "fp32",
  config: { model_type: "fake" },
};

/** Workers of a few lines in a folder that goes with the test file. */
export function fakeWorkers() {
  const place = { folder: "" };
  beforeAll(async () => {
    place.folder = await mkdtemp(join(tmpdir(), "bifocal-worker-"));
  });
  afterAll(() => rm(place.folder, { recursive: true }));
  return {
    /** A path of that name in the folder. */
    path: (name: string): string => join(place.folder, name),
    /**
     * The entry of a worker that does with each call what the body says.
     * @param opening what it does when it is told to load; default: it is ready at once
     */
    async entry(body: string, opening = 'process.send({ type: "ready" });'): Promise<URL> {
      const file = join(place.folder, `${Math.random().toString(36).slice(2)}.mjs`);
      const code = `import { existsSync, writeFileSync } from "node:fs";
        process.on("disconnect", () => process.exit());
        const cancelled = new Set();
        process.on("message", ({ type, id, input }) => {
          if (type === "load") { ${opening} }
          else if (type === "cancel") cancelled.add(id);
          else { ${body} }
        });`;
      await writeFile(file, code);
      return pathToFileURL(file);
    },
  };
}
