import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { seededRandom } from "@bifocal/contracts";
import type { Measurement, Reading } from "../measurement.js";
import { python, runChild } from "../run-child.js";

const child = new URL("./encoder-child.mjs", import.meta.url);
const maker = fileURLToPath(new URL("../peer-adapters/make-encoder.py", import.meta.url));
const vocabulary = Array.from({ length: 20_000 }, (_, i) => `w${i.toString(36)}`);
const batchSizes = [8, 32];

/** Texts of so many words, drawn evenly from a range. */
function textsOf(count: number, [shortest, longest]: readonly [number, number]): string[] {
  const random = seededRandom(1);
  const drawn = (below: number): number => Math.floor(random() * below);
  return Array.from({ length: count }, () =>
    Array.from({ length: shortest + drawn(longest - shortest + 1) }, () => vocabulary[drawn(vocabulary.length)]).join(
      " ",
    ),
  );
}

/**
 * Texts a second through an encoder of MiniLM's shape (random weights), beside @huggingface/transformers called directly:
 * one call with all texts, and calls of one text made at once.
 */
export const onnxEncoder: Measurement = {
  name: "ONNX encoder of MiniLM's shape",
  async measure() {
    const folder = mkdtempSync(join(tmpdir(), "bifocal-encoder-"));
    try {
      writeFileSync(join(folder, "words"), vocabulary.join("\n"));
      if (spawnSync(python, [maker, folder, join(folder, "words")]).status !== 0) {
        console.log("Skipped: python3 with onnx, which writes the encoder, is not at hand.");
        return [];
      }
      return [
        ...bulk(folder, "texts of 5 to 200 words", textsOf(400, [5, 200])),
        ...bulk(folder, "texts of 40 words", textsOf(400, [40, 40])),
        ...concurrent(folder, textsOf(64, [5, 200])),
        eventLoop(folder, textsOf(64, [200, 400])),
      ];
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

function bulk(folder: string, what: string, texts: readonly string[]): Reading[] {
  const file = join(folder, "texts.json");
  writeFileSync(file, JSON.stringify(texts));
  const batched = batchSizes.map((size) => speed("library in batches", folder, file, `${size}`));
  const best = Math.max(...batched);
  const single = speed("library one by one", folder, file);
  const ours = speed("ours", folder, file);
  return [
    { what: `${what}, library in batches of its best size`, value: best, unit: "texts/s" },
    { what: `${what}, library one by one`, value: single, unit: "texts/s" },
    {
      what: `${what}, one call of ours`,
      value: ours,
      unit: "texts/s",
      ratios: [
        { to: "batches", value: ours / best },
        { to: "one by one", value: ours / single },
      ],
    },
  ];
}

function concurrent(folder: string, texts: readonly string[]): Reading[] {
  const file = join(folder, "texts.json");
  writeFileSync(file, JSON.stringify(texts));
  const theirs = speed("library concurrent", folder, file);
  const ours = speed("ours concurrent", folder, file);
  const what = "64 calls at once";
  return [
    { what: `${what}, library`, value: theirs, unit: "texts/s" },
    { what: `${what}, ours`, value: ours, unit: "texts/s", ratios: [{ to: "the library", value: ours / theirs }] },
  ];
}

/** How late the caller's event loop is while a batch of long texts runs: the timer's own resolution, 1 ms, included. */
function eventLoop(folder: string, texts: readonly string[]): Reading {
  const file = join(folder, "texts.json");
  writeFileSync(file, JSON.stringify(texts));
  const value = speed("ours, event loop", folder, file);
  return { what: "64 long texts, event loop of the caller late by, 99th percentile", value, unit: "ms", goal: "20" };
}

function speed(...options: readonly string[]): number {
  const measured = runChild(process.execPath, child, ...options);
  if (measured === undefined) throw new Error(`The encoder could not be measured: ${options[0]}.`);
  return measured.value;
}
