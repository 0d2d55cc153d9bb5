import type { ErrorCode } from "bifocal";

/** 2 for wrong usage or bad input, 130 for an interruption, 1 for anything else. */
export const exitCodes: Readonly<Record<ErrorCode, number>> = {
  "invalid-input": 2,
  "unknown-task": 2,
  "unknown-model": 2,
  "unknown-option": 2,
  "wrong-task": 2,
  "no-model": 1,
  unsupported: 1,
  "model-damaged": 2,
  "model-too-new": 2,
  "no-network": 1,
  "not-permitted": 1,
  unreadable: 2,
  unwritable: 2,
  "address-in-use": 1,
  "too-large": 2,
  overloaded: 1,
  aborted: 130,
  "deadline-exceeded": 1,
  internal: 1,
};

export const usageExitCode = 2;
