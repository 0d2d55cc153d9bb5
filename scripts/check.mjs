// Format, lint, types, dead code and the direction of imports: what a reviewer should not have to look for.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const checks = [
  ["format and lint", "node_modules/@biomejs/biome/bin/biome", ["check", "--error-on-warnings", "."]],
  ["types of tests, examples, benches and recipes", "node_modules/typescript/bin/tsc", ["-b", "tsconfig.tests.json"]],
  ["dead code", "node_modules/knip/bin/knip.js", ["--no-progress"]],
  ["direction of imports", "node_modules/vitest/vitest.mjs", ["run", "tests/architecture.test.ts"]],
];

let failed = 0;
for (const [name, program, args] of checks) {
  console.error(`\n# ${name}`);
  const { status } = spawnSync(process.execPath, [root + program, ...args], { cwd: root, stdio: "inherit" });
  if (status !== 0) failed++;
}
console.error(failed === 0 ? "\nAll checks passed." : `\n${failed} of ${checks.length} checks failed.`);
process.exit(failed === 0 ? 0 : 1);
