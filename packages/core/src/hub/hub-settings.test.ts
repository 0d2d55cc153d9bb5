import { homedir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hubSettings } from "./hub-settings.js";

test.each([
  [{}, join(homedir(), ".cache/bifocal")],
  [{ XDG_CACHE_HOME: "/c" }, "/c/bifocal"],
  [{ XDG_CACHE_HOME: "/c", HF_HOME: "/h" }, "/h/hub"],
  [{ HF_HOME: "/h", HUGGINGFACE_HUB_CACHE: "/g" }, "/g"],
  [{ HUGGINGFACE_HUB_CACHE: "/g", HF_HUB_CACHE: "/k" }, "/k"],
  [{ HF_HOME: " " }, join(homedir(), ".cache/bifocal")],
])("with %j keeps files in %s", (environment, cacheDir) => {
  expect(hubSettings(environment).cacheDir).toBe(cacheDir);
});

test("keeps files where the caller says, before all else", () => {
  expect(hubSettings({ HF_HOME: "/h" }, "/mine").cacheDir).toBe("/mine");
});

test.each([
  ["1", true],
  ["TRUE", true],
  ["yes", true],
  ["0", false],
  ["", false],
])("HF_HUB_OFFLINE=%s", (value, offline) => {
  expect(hubSettings({ HF_HUB_OFFLINE: value }).offline).toBe(offline);
});

test("asks the Hub with no token, unless told otherwise", () => {
  expect(hubSettings({})).toMatchObject({ endpoint: "https://huggingface.co", token: undefined });
  expect(hubSettings({ HF_ENDPOINT: "http://here:1/", HF_TOKEN: "t" })).toMatchObject({
    endpoint: "http://here:1",
    token: "t",
  });
});
