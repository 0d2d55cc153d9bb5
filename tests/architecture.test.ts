import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));

/** What each package may import; the picture is in ARCHITECTURE.md. */
const below: Readonly<Record<string, readonly string[]>> = {
  "packages/contracts": [],
  "packages/core": ["@bifocal/contracts"],
  "packages/classical": ["@bifocal/contracts"],
  "packages/models": ["@bifocal/contracts"],
  "packages/corpus": ["@bifocal/contracts"],
  "packages/evaluation": ["@bifocal/contracts"],
  "packages/bifocal": ["@bifocal/contracts", "@bifocal/core", "@bifocal/classical", "@bifocal/models"],
  "apps/demo": ["bifocal"],
  "apps/cli": ["bifocal", "@bifocal/corpus", "@bifocal/evaluation", "@bifocal/demo"],
};

test.each(Object.keys(below))("%s imports only what is below it, and reaches into no other package", (folder) => {
  const wrong = sourcesOf(folder).flatMap((file) =>
    importsOf(file)
      .filter((target) => !isAllowed(target, file, folder))
      .map((target) => `${relative(root, file)} imports ${target}`),
  );
  expect(wrong).toEqual([]);
});

test("every package has its place", () => {
  const folders = ["packages", "apps"].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => `${parent}/${name}`),
  );
  expect(folders.sort()).toEqual(Object.keys(below).sort());
});

function sourcesOf(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter(
      (path) =>
        path.endsWith(".ts") && !/\.test\.ts$|(^|\/)(dist|node_modules)\/|^(training|testing)\/|\/testing\//.test(path),
    )
    .map((path) => join(root, folder, path));
}

function importsOf(file: string): string[] {
  const source = readFileSync(file, "utf8");
  return [...source.matchAll(/(?:\bfrom|\bimport\(|\bimport)\s*"([^"]+)"/g)].map(([, target]) => target ?? "");
}

function isAllowed(target: string, file: string, folder: string): boolean {
  if (target.startsWith(".")) return resolve(dirname(file), target).startsWith(join(root, folder));
  const name = /^(@bifocal\/[^/]+|bifocal)(\/|$)/.exec(target)?.[1];
  return name === undefined || (below[folder] ?? []).includes(name);
}
