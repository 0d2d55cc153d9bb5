import type { Progress, TrainingSignal } from "../../../learner.js";
import type { StateTable } from "../state-table.js";

/** What a search for a structure has beside the table. */
export interface StructureContext {
  readonly signal?: TrainingSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** The parents of each variable, by number, in the order in which their states stand in its table. */
export type Parents = readonly (readonly number[])[];

/** Learns which variables depend directly on which: `givenStructure`, `naiveStructure`, … each make one. */
export type LearnStructure = (table: StateTable, context: StructureContext) => Parents | Promise<Parents>;
