import { freemem } from "node:os";
import { getHeapStatistics } from "node:v8";
import { BifocalError } from "@bifocal/contracts";
import type { Learner, TrainingItems } from "../learner.js";
import { checkSettings } from "../learners.js";
import { estimateMemory, type MemoryEstimate, type SampledItems } from "./memory-estimate.js";

/** What a process may use, in bytes. */
export interface MemoryLimits {
  /** Of each thread, for JavaScript's own objects. */
  readonly heap: number;
  /** Of all threads, for everything. */
  readonly all: number;
}

/** What a training is to do, and how much memory it may take for it. */
export interface CheckMemoryOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  /** How many trainings run at a time, each with the items for itself. Default 1. */
  readonly trainings?: number;
  /** Where the items are a sample of more, which are trained on one after another and not kept. */
  readonly sampleOf?: SampledItems;
  /** Default: what V8 and the system say. */
  readonly limits?: MemoryLimits;
}

/** What this process may use: the heap's limit, and what is free, or left of what the process is confined to. */
export function memoryLimits(): MemoryLimits {
  return { heap: getHeapStatistics().heap_size_limit, all: process.availableMemory?.() ?? freemem() };
}

/**
 * Estimates what a training would need, before it starts.
 * @throws {BifocalError} `too-large`, with how much is missing and what to do, where the process may not use so much.
 * @example checkMemory(learnerNamed("logistic-regression"), items, { settings: { ngrams: 3 } });
 */
export function checkMemory(
  learner: Learner,
  items: readonly TrainingItems[keyof TrainingItems][],
  { settings = {}, trainings = 1, sampleOf, limits = memoryLimits() }: CheckMemoryOptions = {},
): MemoryEstimate {
  const checked = checkSettings(learner, settings);
  const estimate = estimateMemory(learner, items, checked, sampleOf);
  const { itemBytes, trainingBytes, features } = estimate;
  // The items are in memory already, and are copied into each thread that trains.
  const needed = trainings * (itemBytes + trainingBytes);
  if (needed <= limits.all && itemBytes <= limits.heap) return estimate;
  const about = `Training ${learner.name} on ${count(sampleOf?.items ?? items.length)} items would need about ${gigabytes(needed)} (about ${count(features)} distinct features)`;
  const heap = itemBytes > limits.heap ? ", and no thread may hold so many items" : "";
  throw new BifocalError(
    "too-large",
    `${about}; ${gigabytes(limits.all)} can be used${heap}. ${hint(learner, trainings)}`,
  );
}

/** What lessens the need, of what the learner has. */
function hint({ settings }: Learner, trainings: number): string {
  const ways = [
    ...(trainings > 1 ? ["use fewer workers"] : []),
    ...(Object.hasOwn(settings, "maximumFeatures") ? ["lower maximumFeatures"] : []),
    ...(Object.hasOwn(settings, "hashBits") ? ["hash features by hashBits=20"] : []),
    ...(Object.hasOwn(settings, "minimumDocuments") ? ["raise minimumDocuments"] : []),
    ...(Object.hasOwn(settings, "minimumCount") ? ["raise minimumCount"] : []),
    ...(Object.hasOwn(settings, "order") ? ["lower order"] : []),
    "train on fewer items",
  ];
  const [first = "", ...rest] = ways;
  return `${first[0]?.toUpperCase()}${[first.slice(1), ...rest].join(", ")}.`;
}

function gigabytes(bytes: number): string {
  return bytes < 1e8 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

function count(number: number): string {
  return number.toLocaleString("en");
}
