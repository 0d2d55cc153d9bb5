import { type CallOptions, type Density, type LogProbability, throwIfAborted } from "@bifocal/contracts";
import type { TextRow } from "../features/row-reader.js";
import { logSum } from "./log-sum.js";

/** What knows log p(label, row) can say of texts. */
export interface JointDensity extends Density {
  /** Natural logarithm of p(label, features of the text) of each text: a number a label. */
  logJoint(texts: readonly string[], options?: CallOptions): Promise<Float64Array[]>;
}

/** The density over features of what knows log p(label, row); `most` is the largest that it may be. */
export function jointDensity(
  read: (text: string) => TextRow,
  logJoint: (row: TextRow) => Float64Array,
  most: number,
): JointDensity {
  const density = (text: string): LogProbability => {
    const row = read(text);
    const logProbability = Math.min(most, logSum(logJoint(row)));
    return { logProbability, tokens: row.length, bytes: Buffer.byteLength(text), over: "features" };
  };
  return {
    async logJoint(texts, { signal } = {}) {
      throwIfAborted(signal);
      return texts.map((text) => logJoint(read(text)));
    },
    async logProbability(texts, { signal } = {}) {
      throwIfAborted(signal);
      return texts.map(density);
    },
  };
}
