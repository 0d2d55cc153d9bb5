import { parentPort, workerData } from "node:worker_threads";
import { BifocalError } from "@bifocal/contracts";
import type { JobRequest, JobResponse, JobSetup, PortableError } from "./job-messages.js";
import { jobs } from "./jobs.js";

const { name, shared } = workerData as JobSetup;
const job = jobs[name] as (shared: unknown, input: unknown) => unknown;

parentPort?.on("message", async ({ number, input }: JobRequest) => {
  parentPort?.postMessage(await respond(number, input));
});

async function respond(number: number, input: unknown): Promise<JobResponse> {
  try {
    return { number, output: await job(shared, input) };
  } catch (error) {
    return { number, failure: portable(error) };
  }
}

function portable(error: unknown): PortableError {
  return error instanceof BifocalError ? { code: error.code, message: error.message } : { error };
}
