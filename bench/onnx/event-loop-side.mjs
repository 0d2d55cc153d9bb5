/**
 * Classifies texts by the engine while the event loop says how late it is every millisecond: prints the 99th percentile
 * and, as memory, that of the process. Arguments: the model's folder, the texts as a file of JSON.
 */
import { readFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { openOnnxModel } from "../../packages/core/dist/open-onnx-model.js";

const [folder, file] = process.argv.slice(2);
const texts = JSON.parse(readFileSync(file, "utf8"));
const model = await openOnnxModel("text-classification", folder, { dtype: "fp32" });
await model.classify(texts.slice(0, 8));
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
await model.classify(texts);
delay.disable();
console.log(JSON.stringify({ value: delay.percentile(99) / 1e6, megabytes: process.resourceUsage().maxRSS / 1024 }));
process.exit(0);
