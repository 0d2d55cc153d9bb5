import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const source = ["@bifocal/source", "node", "module"];
const isLong = Boolean(process.env.BIFOCAL_LONG);
const testsIn = (...folders: string[]) => folders.map((folder) => `${folder}/**/*${isLong ? ".long" : ""}.test.ts`);

export default defineConfig({
  resolve: { conditions: source },
  ssr: { resolve: { conditions: source } },
  test: {
    pool: "forks",
    // Left alone, vitest keeps a core for itself: of two, half of them. Long tests take all cores and much memory, one by one.
    maxWorkers: isLong ? 1 : availableParallelism(),
    exclude: ["**/node_modules/**", "**/dist/**", ...(isLong ? [] : ["**/*.long.test.ts"])],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    unstubEnvs: true,
    projects: [
      {
        extends: true,
        // Modules are loaded once a process, not once a file, which halves the time: their tests leave nothing behind.
        test: { name: "packages", include: testsIn("packages/*/src", "packages/models/training"), isolate: false },
      },
      { extends: true, test: { name: "apps", include: testsIn("apps/*", "tests") } },
    ],
  },
});
