import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { embeddedModels, readCard } from "@bifocal/models";
import { publint } from "publint";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { installInto, onnxModel, sizeOf } from "./packages/consumer.js";
import { packAll, type Tarball } from "./packages/pack-all.js";
import { run } from "./packages/run.js";
import { whyUnreachable } from "./packages/why-unreachable.js";

const root = fileURLToPath(new URL("../", import.meta.url));
const sentence = "Ada Lovelace met Charles Babbage in London on 5 June 1833.";

let folder: string;
let tarballs: readonly Tarball[];
let skipped: string | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bifocal-packages-"));
  skipped = await whyUnreachable(async () => {
    tarballs = await packAll(folder);
  });
}, 120_000);

beforeEach(({ skip }) => skip(skipped !== undefined, skipped));

afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(publishable())("the tarball of %s", (name) => {
  const tarball = (): Tarball => tarballs.find((each) => each.name === name) ?? expect.fail(`${name} was not packed`);

  test("is what its package.json promises", async () => {
    const { buffer, byteOffset, byteLength } = await readFile(tarball().path);
    const whole = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
    const { messages } = await publint({ pack: { tarball: whole }, strict: true });
    expect(messages).toEqual([]);
  });

  test("holds its licence, and nothing that only the workspace needs", () => {
    const { files } = tarball();
    expect(files).toContain("LICENSE");
    const needless = /\.test\.|\.tsbuildinfo$|\.map$|tsconfig|^src\/|^server\/|^training\/|^testing\/|(?<!\.d)\.ts$/;
    expect(files.filter((path) => needless.test(path))).toEqual([]);
  });
});

test("the models go out whole, each with its card and licence", () => {
  const { files = [] } = tarballs.find(({ name }) => name === "@bifocal/models") ?? {};
  const papers = ["LICENSE", "NOTICE", "README.md", "card.json"];
  const expected = embeddedModels.flatMap((model) =>
    [...papers, ...(readCard(model).files ?? ["model.bifocal"])].map((part) => `${model}/${part}`),
  );
  expect(files.filter((path) => path.includes("/") && !path.startsWith("dist/")).sort()).toEqual(expected.sort());
});

test("the models' package names the licence of each model", () => {
  const { license } = JSON.parse(readFileSync(join(root, "packages/models/package.json"), "utf8"));
  const licences = new Set(embeddedModels.map((model) => readCard(model).licence));
  expect(new Set(license.split(" AND "))).toEqual(licences);
});

describe("a plain npm project with bifocal", () => {
  const project = useProject(["bifocal"]);

  test("runs a model of each kind, an ONNX model among them", async () => {
    const answers = JSON.parse(await run(project(), process.execPath, ["use-library.mjs", onnxModel]));
    expect(answers).toMatchObject({ sentiment: "positive", tokens: 20, onnx: "positive" });
    expect(answers.entities).toEqual(expect.arrayContaining(["LOC London", "DATE 5 June 1833"]));
    expect(answers.written).toBeGreaterThan(0);
  });

  test("gets types for each task that a strict compiler accepts, and that refuse what cannot work", async () => {
    const compiler = join(root, "node_modules/typescript/bin/tsc");
    const types = ["--types", "node", "--typeRoots", join(root, "node_modules/@types")];
    await run(project(), process.execPath, [compiler, "--project", ".", ...types]);
  });

  test("gets neither a server nor the harness, and no more than 700 MB", async () => {
    const installed = (name: string): boolean => existsSync(join(project(), "node_modules", name));
    expect(installed("@bifocal/core")).toBe(true);
    expect(["express", "@bifocal/evaluation", "@bifocal/demo", "@bifocal/cli"].filter(installed)).toEqual([]);
    const megabytes = Math.round((await sizeOf(join(project(), "node_modules"))) / 1e6);
    console.log(`npm install bifocal: ${megabytes} MB`);
    expect(megabytes).toBeLessThan(700);
  });
});

describe("a plain npm project with the command line", () => {
  const project = useProject(["@bifocal/cli", "bifocal"]);

  test("analyzes a sentence", async () => {
    const lines = (await run(project(), "npx", ["bifocal", "analyze", "--json", sentence])).trimEnd().split("\n");
    const answers = lines.map((line) => JSON.parse(line));
    expect(new Set(answers.map(({ task }) => task)).size).toBe(6);
    const broken = answers.filter(({ error }) => error !== undefined && error.code !== "no-model");
    expect(broken).toEqual([]);
  });

  test("has a command that may be executed", () => {
    const { mode } = statSync(join(project(), "node_modules/@bifocal/cli/bin/bifocal.js"));
    expect(mode & 0o111).toBe(0o111);
  });

  test("serves the page with all that it loads", async () => {
    const server = spawn("node_modules/.bin/bifocal", ["serve", "--port", "0"], { cwd: project() });
    try {
      const [line = ""] = await once(createInterface(server.stdout), "line");
      const url = /http:\/\/[\w.:]+/.exec(line)?.[0] ?? expect.fail(`no address in "${line}"`);
      const page = await (await fetch(url)).text();
      const parts = [...page.matchAll(/(?:href|src)="(\/?[\w./-]+\.(?:css|js|svg))"/g)].map(([, path = ""]) => path);
      expect(parts.length).toBeGreaterThan(2);
      for (const path of parts) expect((await fetch(new URL(path, url))).status, path).toBe(200);
    } finally {
      server.kill();
      await once(server, "close");
    }
  });
});

/** Names of the workspace's packages. */
function publishable(): string[] {
  const folders = ["packages", "apps"].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => `${parent}/${name}`),
  );
  return folders.map((each) => JSON.parse(readFileSync(join(root, each, "package.json"), "utf8")).name);
}

/** A project with these packages for the tests of a suite, made of the last suite's: most of the install is the same. */
function useProject(packages: readonly string[]): () => string {
  const project = (): string => join(folder, "project");
  beforeAll(async () => {
    skipped ??= await whyUnreachable(() => installInto(project(), packages, tarballs));
  }, 300_000);
  return project;
}
