/**
 * Opens an encoder, has it classify a text and closes it, again and again, and prints the memory of the process, and of
 * any that it has left running, after each time, in megabytes. Arguments: the model's folder, how often.
 */
import { execFileSync } from "node:child_process";
import { setTimeout } from "node:timers/promises";
import { openOnnxModel } from "../../packages/core/dist/open-onnx-model.js";

const [folder, times] = process.argv.slice(2);
const megabytes = [];
for (let time = 0; time < Number(times); time++) {
  const model = await openOnnxModel("text-classification", folder, { dtype: "fp32" });
  await model.classify(["w1 w2 w3"]);
  await model[Symbol.asyncDispose]();
  globalThis.gc?.();
  await setTimeout(200);
  megabytes.push(process.memoryUsage.rss() / 2 ** 20 + megabytesOfChildren());
}

function megabytesOfChildren() {
  const lines = execFileSync("ps", ["-o", "ppid=,comm=,rss=", "-A"], { encoding: "utf8" }).trim().split("\n");
  const own = lines
    .map((line) => line.trim().split(/\s+/))
    .filter(([parent, name]) => parent === `${process.pid}` && name !== "ps");
  return own.reduce((sum, [, , kilobytes]) => sum + kilobytes / 1024, 0);
}
console.log(JSON.stringify(megabytes));
