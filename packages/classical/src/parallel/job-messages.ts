import type { ErrorCode } from "@bifocal/contracts";
import type { JobName } from "./jobs.js";

/** What a thread is started with. */
export interface JobSetup {
  readonly name: JobName;
  readonly shared: unknown;
}

export interface JobRequest {
  readonly number: number;
  readonly input: unknown;
}

/** An error on its way between threads: a `BifocalError` keeps its code, any other error is cloned. */
export type PortableError = { readonly code: ErrorCode; readonly message: string } | { readonly error: unknown };

export type JobResponse =
  | { readonly number: number; readonly output: unknown }
  | { readonly number: number; readonly failure: PortableError };
