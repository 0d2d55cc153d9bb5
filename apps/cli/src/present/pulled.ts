import { bytesOf, type Canary, driftOf, type ModelLock, type Verification } from "bifocal";
import { sizeText } from "./bytes.js";
import { visible } from "./text.js";

/** What a lock says, in lines below a card. */
export function lockLines(lock: ModelLock): string[] {
  const files = Object.entries(lock.files).map(
    ([file, { bytes, sha256 }]) => `  - ${file}  ${sizeText(bytes)}  ${sha256}`,
  );
  return [
    `commit       ${lock.commit}${lock.revision === lock.commit ? "" : `, which ${visible(lock.revision)} named`}`,
    `dtype        ${lock.dtype}`,
    `size         ${sizeText(bytesOf(lock))}`,
    `canary       ${canaryText(lock)}`,
    "files",
    ...files,
  ];
}

/** What came of the canary. */
export function canaryText({ canary, dtype }: ModelLock): string {
  if (canary === undefined) return "none: the model was opened, not pulled";
  const { reference, drift, agrees } = canary;
  if (reference === dtype && drift === 0) {
    return dtype === "fp32"
      ? "answers as when it was pulled"
      : "answers as when it was pulled; there was no fp32 to compare with";
  }
  return `${agrees ? "answers as" : "does NOT answer as"} ${reference}: drift ${driftText(canary)}`;
}

function driftText({ drift, tolerance, answers }: Canary): string {
  return `${Number(drift.toPrecision(2))} ${driftOf[answers.head]}, at most ${tolerance}`;
}

/** What was found of a model. */
export function verificationLines({ lock, badFiles }: Verification): string[] {
  const name = `${lock.id}  ${lock.dtype}  ${lock.commit.slice(0, 7)}`;
  if (badFiles.length > 0) return [`BAD  ${name}`, ...badFiles.map(({ file, problem }) => `     ${file}: ${problem}`)];
  const drifts = lock.canary?.agrees === false;
  return [`${drifts ? "BAD" : "ok "}  ${name}  ${Object.keys(lock.files).length} files; ${canaryText(lock)}`];
}

/** A lock for a program: the verdict of the canary, without the answers. */
export function lockRecord(lock: ModelLock): object {
  const { canary, ...rest } = lock;
  if (canary === undefined) return rest;
  const { answers: _, ...verdict } = canary;
  return { ...rest, canary: verdict };
}
