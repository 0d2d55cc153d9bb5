// Measures one opening in a process of its own: prints the milliseconds from a file of a model to its first answer, those up
// to its numbers alone ("decode"), or those that JSON.parse takes for the same model ("json").
import { readFileSync } from "node:fs";
import { decodeModel, openSavedModel } from "bifocal";

const ways = {
  open: (file) => openSavedModel(decodeModel(readFileSync(file))).classify(["w1 w2 w3"]),
  decode: (file) => decodeModel(readFileSync(file)),
  json: (file) => JSON.parse(readFileSync(file, "utf8")),
};
const [file, way] = process.argv.slice(2);
const start = performance.now();
await ways[way](file);
console.log(JSON.stringify({ value: performance.now() - start, megabytes: process.resourceUsage().maxRSS / 1000 }));
