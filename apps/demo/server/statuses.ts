import type { ErrorCode } from "bifocal";

/** The HTTP status of each error. 499, "client closed request", is for logs: nobody is there to read it. */
export const statuses = {
  "invalid-input": 400,
  "unknown-task": 400,
  "unknown-model": 404,
  "unknown-option": 400,
  "wrong-task": 400,
  "no-model": 404,
  unsupported: 400,
  "model-damaged": 500,
  "model-too-new": 500,
  "no-network": 503,
  "not-permitted": 403,
  unreadable: 500,
  unwritable: 500,
  "address-in-use": 500,
  "too-large": 413,
  overloaded: 429,
  aborted: 499,
  "deadline-exceeded": 504,
  internal: 500,
} as const satisfies Record<ErrorCode, number>;
