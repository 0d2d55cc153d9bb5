import { crfBlocks } from "../discriminative/crf-blocks.js";

/** A function's value and gradient on one block of the data; the gradient is added to. */
export type BlockFunction = (point: Float64Array, gradient: Float64Array, block: number) => number;

/** Every function that is summed over blocks in threads, by name: each makes one from plain data that threads share. */
export const blockFunctions = { crf: crfBlocks };

export type BlockJob = {
  [Name in keyof typeof blockFunctions]: {
    readonly name: Name;
    readonly data: Parameters<(typeof blockFunctions)[Name]>[0];
  };
}[keyof typeof blockFunctions];
