import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { listModels, type Task } from "bifocal";
import { readItems } from "../items.js";
import type { Measurement, Reading } from "../measurement.js";
import { installPeers } from "../peers.js";

const child = fileURLToPath(new URL("./speed-child.mjs", import.meta.url));

interface Contender {
  readonly kind: "model" | "peer";
  readonly learned: boolean;
  readonly name: string;
  readonly task: Task;
}

interface Speed {
  readonly textsPerSecond: number;
  readonly megabytes: number;
}

/** Texts a second and memory of each embedded model that reads English, the learned ones beside their task's peers and rules. */
export const modelSpeed: Measurement = {
  name: "speed and memory, in a process each",
  async measure() {
    const folder = mkdtempSync(join(tmpdir(), "bifocal-bench-"));
    const file = join(folder, "items.json");
    const read = await readItems();
    writeFileSync(file, JSON.stringify(read));
    console.log(`  on ${read.origin}`);
    const measured = [...peers(), ...models()].map((each) => measureOne(file, each));
    rmSync(folder, { recursive: true });
    return measured.flatMap((each) =>
      readingsOf(
        each,
        measured.filter((other) => isBeside(each, other)),
      ),
    );
  },
};

type Measured = Contender & Speed;

function peers(): Contender[] {
  return installPeers()
    .filter(({ answersTexts }) => answersTexts)
    .map(({ name, task }) => ({ kind: "peer", learned: false, name, task }));
}

function models(): Contender[] {
  return listModels()
    .filter(({ card }) => card.languages.length === 0 || card.languages.includes("en"))
    .map(({ card }) => ({ kind: "model", learned: card.paradigm !== "rule-based", name: card.id, task: card.task }));
}

function isBeside(each: Contender, other: Contender): boolean {
  return each.learned && !other.learned && each.task === other.task;
}

function measureOne(file: string, contender: Contender): Measured {
  const { kind, name, task } = contender;
  const { status, stdout, stderr } = spawnSync(process.execPath, [child, file, kind, name, task], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${name} could not be measured: ${stderr}`);
  return { ...contender, ...(JSON.parse(stdout) as Speed) };
}

function readingsOf(measured: Measured, beside: readonly Measured[]): Reading[] {
  const ratios = (of: keyof Speed) => beside.map((other) => ({ to: other.name, value: measured[of] / other[of] }));
  return [
    { what: measured.name, value: measured.textsPerSecond, unit: "texts/s", ratios: ratios("textsPerSecond") },
    { what: measured.name, value: measured.megabytes, unit: "MB", ratios: ratios("megabytes") },
  ];
}
