import { compiledFor } from "../../machine-code/shared-memory.js";
import { chainFunctions } from "./chain-pass.js";
import { rowFunctions } from "./rows.js";

/** The functions of a chain's gradient in machine code, over one memory. */
export const chainKernel = compiledFor({ log: Math.log }, { ...rowFunctions, ...chainFunctions });
