// Opens one embedded model in a process of its own; prints texts a second and the memory that it holds.
import { openModel } from "bifocal";

const [id, task] = process.argv.slice(2);
const words = "the film was a warm and funny story of two friends in London who lost good work but not dull hope".split(
  " ",
);
const texts = Array.from({ length: 2000 }, (_, i) =>
  Array.from({ length: 8 + (i % 17) }, (_, j) => words[(i * 7 + j * (1 + (i % 5))) % words.length]).join(" "),
);
const model = await openModel(task, id);
const call = (batch) =>
  "classify" in model
    ? model.classify(batch)
    : "tag" in model
      ? model.tag(batch)
      : model.generate(batch, { maxNewTokens: 20 });
await call(texts.slice(0, 100));
let done = 0;
const start = performance.now();
while (performance.now() - start < 1500) {
  await call(texts.slice(done % 1900, (done % 1900) + 100));
  done += 100;
}
const textsPerSecond = done / ((performance.now() - start) / 1000);
console.log(JSON.stringify({ textsPerSecond, megabytes: process.memoryUsage.rss() / 1e6 }));
