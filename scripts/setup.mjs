// Installs and builds what is not up to date, so that every npm script works on a fresh machine.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const stamp = `${root}node_modules/.bifocal-installed`;
const { packageManager, engines } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));

checkNode();
if (!isInstalled()) install();
build();

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Bifocal needs Node ${engines.node}; this is ${process.versions.node}. Install a newer Node, then try again.`);
}

/** Nothing was added, removed or pinned anew since the last install. */
function isInstalled() {
  return existsSync(stamp) && readFileSync(stamp, "utf8") === fingerprintOfDependencies();
}

function install() {
  console.error("Installing the dependencies (the first time takes a minute) …");
  // A lock file that no longer fits is an error: nothing is installed that was not pinned.
  run("npx", [
    "--yes",
    packageManager.split("+")[0],
    "install",
    "--frozen-lockfile",
    "--prefer-offline",
    "--reporter=append-only",
  ]);
  writeFileSync(stamp, fingerprintOfDependencies());
}

function build() {
  run(process.execPath, [`${root}node_modules/typescript/bin/tsc`, "-b"]);
}

function fingerprintOfDependencies() {
  const folders = ["packages", "apps"].flatMap((parent) =>
    readdirSync(`${root}${parent}`).map((each) => `${parent}/${each}/`),
  );
  const files = ["", ...folders]
    .map((folder) => `${folder}package.json`)
    .concat("pnpm-lock.yaml", "pnpm-workspace.yaml");
  const hash = createHash("sha256");
  for (const file of files) if (existsSync(root + file)) hash.update(file).update(readFileSync(root + file));
  return hash.digest("hex");
}

/** Its output goes to stderr: stdout belongs to what runs after. */
function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (error) fail(`${command} could not be started: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
