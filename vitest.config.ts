import { defineConfig } from "vitest/config";

const source = ["@bifocal/source", "node", "module"];
const folders = ["packages/*/src", "packages/models/training", "apps/*", "tests"];

export default defineConfig({
  resolve: { conditions: source },
  ssr: { resolve: { conditions: source } },
  test: {
    pool: "forks",
    include: folders.map((folder) => `${folder}/**/*${process.env.BIFOCAL_LONG ? ".long.test.ts" : ".test.ts"}`),
    exclude: ["**/node_modules/**", "**/dist/**", ...(process.env.BIFOCAL_LONG ? [] : ["**/*.long.test.ts"])],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
