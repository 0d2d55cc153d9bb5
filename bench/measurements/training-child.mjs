// Measures one training in a process of its own, from raw texts in memory to a model: prints milliseconds, those of
// the processor, and its peak memory.
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { trainModel } from "bifocal";

const [learner, settings, file] = process.argv.slice(2);
const items = readFileSync(file, "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line));
const [start, used] = [performance.now(), process.cpuUsage()];
await trainModel(learner, items, { id: "measured", settings: JSON.parse(settings), workers: cpus().length });
const value = performance.now() - start;
const { user, system } = process.cpuUsage(used);
const megabytes = process.resourceUsage().maxRSS / 1000;
console.log(JSON.stringify({ value, processorMs: (user + system) / 1000, megabytes }));
