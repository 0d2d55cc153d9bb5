// Measures trainings in a process of its own, from raw texts in memory to a model: prints milliseconds and those of the
// processor, of the first and, if it is to be done again, of the middle one of those that follow, and its peak memory.
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { trainModel } from "bifocal";

const [learner, settings, file, repeats = "0"] = process.argv.slice(2);
const items = readFileSync(file, "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line));
const first = await train();
const megabytes = process.resourceUsage().maxRSS / 1000;
const more = [];
for (let i = 0; i < Number(repeats); i++) more.push(await train());
more.sort((a, b) => a.processorMs - b.processorMs);
console.log(JSON.stringify({ ...first, megabytes, again: more[Math.floor(more.length / 2)] }));

async function train() {
  const [start, used] = [performance.now(), process.cpuUsage()];
  await trainModel(learner, items, { id: "measured", settings: JSON.parse(settings), workers: cpus().length });
  const value = performance.now() - start;
  const { user, system } = process.cpuUsage(used);
  return { value, processorMs: (user + system) / 1000 };
}
