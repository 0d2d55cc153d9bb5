// Adds up the test runner's own reports: prints `N passed, N failed, N skipped` and fails if anything failed.
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../test-results/", import.meta.url));
const total = { passed: 0, failed: 0, skipped: 0 };

for (const name of ["short", "long"]) {
  const file = `${folder}${name}.json`;
  if (!existsSync(file)) {
    console.error(`The ${name} tests left no report.`);
    total.failed++;
    continue;
  }
  const report = JSON.parse(readFileSync(file, "utf8"));
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  total.passed += report.numPassedTests;
  total.failed += report.numFailedTests + broken.length;
  total.skipped += report.numPendingTests + report.numTodoTests;
}

console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
