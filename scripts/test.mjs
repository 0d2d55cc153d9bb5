// Runs the tests; `--long` runs the fault and simulation tests instead. Further arguments go to vitest.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const long = process.argv.includes("--long");
const rest = process.argv.slice(2).filter((each) => each !== "--long");
const report = `test-results/${long ? "long" : "short"}.json`;

mkdirSync(`${root}test-results`, { recursive: true });
const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
const { status } = spawnSync(
  process.execPath,
  [`${root}node_modules/vitest/vitest.mjs`, "run", ...reporters, ...rest],
  {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...(long && { BIFOCAL_LONG: "1" }) },
  },
);
process.exit(status ?? 1);
