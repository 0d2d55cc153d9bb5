import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Task } from "bifocal";

/** A package of others that does a task; `peer-adapters/` has a file of its name. */
export interface Peer {
  readonly name: string;
  readonly version: string;
  readonly task: Task;
  /** Holds source in another language, which is built once it is installed. */
  readonly builds?: boolean;
  /** Whether `peer-adapters/` has it answer texts; the others are measured on other things. */
  readonly answersTexts: boolean;
}

/** Outside the workspace, so that nobody installs them but who runs the bench. */
export const peers: readonly Peer[] = [
  { name: "wink-naive-bayes-text-classifier", version: "2.2.1", task: "sentiment-analysis", answersTexts: true },
  { name: "compromise", version: "14.17.0", task: "ner", answersTexts: true },
  { name: "crfsuite", version: "1.0.1", task: "ner", answersTexts: false, builds: true },
];

const folder = fileURLToPath(new URL("peers/", import.meta.url));

/** The peers that are installed, after installing them where they are not; each that is missing is told. */
export function installPeers(): readonly Peer[] {
  if (!peers.every(isInstalled)) install();
  for (const { name } of peers.filter((peer) => !isInstalled(peer))) {
    console.log(`Skipped: ${name} could not be installed into bench/peers/.`);
  }
  return peers.filter(isInstalled);
}

function install(): void {
  const dependencies = Object.fromEntries(peers.map(({ name, version }) => [name, version]));
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}package.json`, JSON.stringify({ private: true, dependencies }, null, 2));
  const options = ["--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts", "--loglevel=error"];
  spawnSync("npm", ["install", ...options], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  for (const { name } of peers.filter(({ builds }) => builds))
    spawnSync("npm", ["rebuild", name, "--foreground-scripts"], { cwd: folder, stdio: "ignore" });
}

function isInstalled({ name, version }: Peer): boolean {
  const manifest = `${folder}node_modules/${name}/package.json`;
  return existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).version === version;
}
