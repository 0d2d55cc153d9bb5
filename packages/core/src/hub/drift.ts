import { BifocalError } from "@bifocal/contracts";
import type { Dtype } from "./dtypes.js";
import type { ModelLock } from "./model-lock.js";

/** The kinds of weights to look for on the Hub where none is asked for: small and fast before exact. */
const hubDtypes: readonly Dtype[] = ["q8", "fp32"];

/** The same where some were pulled: those before the others, and last what drifts, which is refused. */
export function preferredDtypes(locks: readonly ModelLock[]): readonly Dtype[] {
  const pulled = locks.filter(({ canary }) => canary !== undefined);
  const rank = (dtype: Dtype): number => {
    const lock = pulled.find((each) => each.dtype === dtype);
    return lock === undefined ? 1 : drifts(lock) ? 2 : 0;
  };
  return [...new Set([...hubDtypes, ...pulled.map(({ dtype }) => dtype)])].sort((a, b) => rank(a) - rank(b));
}

/**
 * Refuses weights whose canary died.
 * @param locks all of the same commit
 * @throws {BifocalError} `model-damaged`, saying which dtype to take.
 */
export function refuseDrift(lock: ModelLock, locks: readonly ModelLock[]): void {
  const { id, revision, dtype, canary } = lock;
  if (canary === undefined || !drifts(lock)) return;
  const good = locks.find((each) => each.canary !== undefined && !drifts(each))?.dtype ?? canary.reference;
  const name = revision === "main" ? id : `${id}@${revision}`;
  throw new BifocalError(
    "model-damaged",
    `The ${dtype} weights of ${id} do not answer as its ${canary.reference} weights: they drift by ${canary.drift.toPrecision(3)} ${driftOf[canary.answers.head]}, and at most ${canary.tolerance} will do. Take ${good}: bifocal models pull ${name} --dtype ${good}`,
  );
}

/** What the drift of a head is measured in. */
export const driftOf = {
  score: "in probability",
  scoreWords: "in probability",
  embed: "from a cosine of 1",
  write: "nats a token",
} as const;

function drifts({ canary }: ModelLock): boolean {
  return canary?.agrees === false;
}
