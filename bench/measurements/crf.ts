import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openSavedModel, type TaggedSentence, type Tagger, trainModel } from "bifocal";
import {
  type Examples,
  encodeExamples,
  tagDatasetOf,
} from "../../packages/classical/src/discriminative/crf-examples.js";
import { crfObjective } from "../../packages/classical/src/discriminative/crf-objective.js";
import { seenFollows, seenPairs } from "../../packages/classical/src/discriminative/tag-dataset.js";
import { commonWordsOf } from "../../packages/classical/src/features/token-features-common-words.js";
import { templatesNamed } from "../../packages/classical/src/features/token-templates.js";
import { lbfgs } from "../../packages/classical/src/optimize/lbfgs.js";
import type { Measurement, Reading } from "../measurement.js";
import { installPeers } from "../peers.js";
import { hasTagged, taggedSentences, tokensPerSecond } from "../tagged-data.js";

const adapter = fileURLToPath(new URL("../peer-adapters/crfsuite.mjs", import.meta.url));
const c2 = 1;
const iterations = 30;
const tagRepeats = 12;

/** What CRFsuite came to: milliseconds of processor time an iteration, and tokens a second from ready features. */
interface Peer {
  readonly milliseconds: number;
  readonly tagging: number;
}

/**
 * An iteration of L-BFGS on the same features, weights and objective as CRFsuite's, by processor time, which is what that
 * prints: the shortest of those that evaluate the objective once. Of two threads the time that passes, beside that of one
 * thread, the shortest iteration's too, for others may hold a core. Tagging is from tokens here, probabilities included, and from ready features there.
 */
export const crf: Measurement = {
  name: "linear-chain conditional random fields, beside CRFsuite",
  async measure() {
    const readings: Reading[] = [];
    for (const name of ["wnut17", "broad-twitter-corpus"].filter(hasTagged)) readings.push(...(await measureOn(name)));
    return readings;
  },
};

async function measureOn(name: string): Promise<Reading[]> {
  const items = taggedSentences(name, "train");
  const tags = [...new Set(items.flatMap((item) => item.tags))];
  const known = { commonWords: commonWordsOf(items) };
  const encoded = encodeExamples(items, tags, { templates: templatesNamed("entities"), known, minimumCount: 2 });
  const peer = runCrfsuite(items, encoded);
  const one = await iterate(encoded, tags.length, 1);
  const two = await iterate(encoded, tags.length, 2);
  const besidePeer = (what: string, value: number) =>
    reading(`${name}, an iteration, ${what}`, value, "ms", peer && { name: "CRFsuite", value: peer.milliseconds });
  const tagging = await measureTagging(items);
  return [
    ...(peer === undefined ? [] : [reading(`${name}, an iteration, CRFsuite`, peer.milliseconds, "ms")]),
    besidePeer("one thread", one.processor),
    reading(`${name}, an iteration, two threads`, two.passed, "ms", { name: "one thread", value: one.passed }),
    ...(peer === undefined ? [] : [reading(`${name}, tagging, CRFsuite`, peer.tagging, "tokens/s")]),
    reading(`${name}, tagging`, tagging, "tokens/s", peer && { name: "CRFsuite", value: peer.tagging }),
  ];
}

function reading(
  what: string,
  value: number,
  unit: Reading["unit"],
  beside?: { readonly name: string; readonly value: number },
): Reading {
  return { what, value, unit, ...(beside && { ratios: [{ to: beside.name, value: value / beside.value }] }) };
}

/** Milliseconds an iteration: of processor time, and as they pass. */
async function iterate({ examples, features }: Examples, tagCount: number, threads: number) {
  const data = tagDatasetOf(examples, features.length, tagCount);
  const shape = { ...seenPairs(data), follows: seenFollows(data) };
  const objective = crfObjective(data, shape, { l2: (2 * c2) / examples.length, threads });
  let evaluations = 0;
  const counted = {
    ...objective,
    evaluate(point: Float64Array, gradient: Float64Array) {
      evaluations++;
      return objective.evaluate(point, gradient);
    },
  };
  const optimizer = lbfgs(counted, { iterations, tolerance: 0 });
  const [processor, passed]: [number[], number[]] = [[], []];
  for (let iteration = 0; iteration < iterations; iteration++) {
    const [before, start, used] = [evaluations, performance.now(), process.cpuUsage()];
    optimizer.step();
    const { user, system } = process.cpuUsage(used);
    if (evaluations !== before + 1) continue;
    processor.push((user + system) / 1000);
    passed.push(performance.now() - start);
  }
  await objective.close();
  return { processor: Math.min(...processor), passed: Math.min(...passed) };
}

async function measureTagging(items: readonly TaggedSentence[]): Promise<number> {
  const saved = await trainModel("crf", items, { id: "measured", settings: { algorithm: "lbfgs", iterations } });
  await using model = openSavedModel(saved) as Tagger;
  const sentences = items.map(({ tokens }) => tokens);
  const tokens = sentences.reduce((sum, { length }) => sum + length, 0);
  return tokensPerSecond(tokens, tagRepeats, () => model.tagTokens(sentences));
}

function runCrfsuite(items: readonly TaggedSentence[], { examples }: Examples): Peer | undefined {
  if (!installPeers().some(({ name }) => name === "crfsuite")) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "bifocal-crfsuite-"));
  const file = join(folder, "sentences.json");
  writeFileSync(file, JSON.stringify(examples.map((each, i) => ({ features: namesOf(each), tags: items[i]?.tags }))));
  const options = [adapter, file, join(folder, "model"), `${c2}`, `${iterations}`];
  const { status, stdout } = spawnSync(process.execPath, options, { encoding: "utf8", maxBuffer: 1e9 });
  rmSync(folder, { recursive: true });
  if (status !== 0) return undefined;
  const seconds = [...stdout.matchAll(/Line search trials: 1\n[^*]*?Seconds required for this iteration: ([\d.]+)/g)];
  const { tagging } = JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
  return { milliseconds: 1000 * Math.min(...seconds.map(([, each]) => Number(each))), tagging };
}

/** The features of each token of a sentence, by number. */
function namesOf({ positions, perToken, gold }: Examples["examples"][number]): string[][] {
  return Array.from(gold, (_, i) =>
    Array.from(positions.subarray(i * perToken, (i + 1) * perToken))
      .filter((position) => position >= 0)
      .map((position) => `f${position}`),
  );
}
