import { expect, test } from "vitest";
import { knownClusters } from "./token-clusters.js";
import { featureNamer } from "./token-feature-names.js";
import { commonWordsOf } from "./token-features-common-words.js";
import { readNames } from "./token-gazetteer.js";

const known = {
  commonWords: commonWordsOf([{ tokens: ["in", "in"] }]),
  ...readNames(["place\tNew York"]),
  ...knownClusters({ words: ["York"], clusterOf: Uint16Array.of(0), paths: ["010011"] }),
};

test.each([
  ["lower[-1] kind[0]", "lower[-1]=new kind[0]=title 000"],
  ["word[-3]", "word[-3]=(start)"],
  ["lower[1]", "lower[1]=(end)"],
  ["prefix2[0]", "prefix2[0]=yo"],
  ["suffix3[0]", "suffix3[0]=ork"],
  ["shape[0]", "shape[0]=Xxxx"],
  ["shortShape[0]", "shortShape[0]=Xx"],
  ["usage[-2]", "usage[-2]=common"],
  ["usage[0]", "usage[0]=uncommon"],
  ["place[0]", "place[0]=last"],
  ["casing[0]", "casing[0]=title"],
  ["cluster4[0]", "cluster4[0]=0100"],
  ["cluster20[0]", "cluster20[0]=010011"],
  ["names[0]", "names[0]=I-place"],
])("%s is named as %s", (template, name) => {
  expect(featureNamer([template], known)(["in", "New", "York"], 2, 0)).toBe(name);
});
