import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { listModels } from "bifocal";
import type { Measurement, Reading } from "../measurement.js";

const child = fileURLToPath(new URL("./model-speed-child.mjs", import.meta.url));

/** The rule-based model of a task that the others are set beside. */
const peers: Readonly<Record<string, string>> = { "sentiment-analysis": "wink-sentiment-en", ner: "wink-entities-en" };

/** Texts of 8 to 24 words a second, and memory, of each embedded model in a process of its own. */
export const modelSpeed: Measurement = {
  name: "speed and memory of the embedded models",
  async measure() {
    const models = listModels().filter(({ card }) => card.languages.length === 0 || card.languages.includes("en"));
    const speeds = new Map(models.map(({ card }) => [card.id, speedOf(card.id, card.task)]));
    return models.flatMap(({ card }): Reading[] => {
      const { textsPerSecond, megabytes } = speeds.get(card.id) ?? { textsPerSecond: 0, megabytes: 0 };
      const peer = peers[card.task];
      const beside = peer === undefined || peer === card.id ? undefined : speeds.get(peer);
      const ratio = beside && { to: peer ?? "", value: textsPerSecond / beside.textsPerSecond };
      return [
        { what: card.id, value: textsPerSecond, unit: "texts/s", ...(ratio && { ratio }) },
        { what: card.id, value: megabytes, unit: "MB" },
      ];
    });
  },
};

function speedOf(id: string, task: string): { textsPerSecond: number; megabytes: number } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [child, id, task], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
