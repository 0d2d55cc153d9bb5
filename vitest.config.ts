import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const source = ["@bifocal/source", "node", "module"];
const folders = ["packages/*/src", "packages/models/training", "apps/*", "tests"];

export default defineConfig({
  resolve: { conditions: source },
  ssr: { resolve: { conditions: source } },
  test: {
    pool: "forks",
    // Left alone, vitest keeps a core for itself: of two, half of them. Long tests take all cores and much memory, one by one.
    maxWorkers: process.env.BIFOCAL_LONG ? 1 : availableParallelism(),
    include: folders.map((folder) => `${folder}/**/*${process.env.BIFOCAL_LONG ? ".long.test.ts" : ".test.ts"}`),
    exclude: ["**/node_modules/**", "**/dist/**", ...(process.env.BIFOCAL_LONG ? [] : ["**/*.long.test.ts"])],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
