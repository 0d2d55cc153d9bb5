import { defineConfig } from "vitest/config";

const source = ["@bifocal/source", "node", "module"];

export default defineConfig({
  resolve: { conditions: source },
  ssr: { resolve: { conditions: source } },
  test: {
    pool: "forks",
    include: ["packages/*/src/**/*.test.ts", "apps/*/**/*.test.ts", "tests/**/*.test.ts", "scripts/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**", ...(process.env.BIFOCAL_LONG ? [] : ["**/*.long.test.ts"])],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
