import { Worker } from "node:worker_threads";
import { BifocalError, messageOf, throwIfAborted } from "@bifocal/contracts";
import type { TrainingSignal } from "../learner.js";
import type { JobRequest, JobResponse, JobSetup, PortableError } from "./job-messages.js";
import { type Job, type JobKinds, type JobName, jobs } from "./jobs.js";
import { workerEntry } from "./worker-entry.js";

export interface RunJobsOptions<K extends JobName> {
  /** Threads at most; 1: this one alone. */
  readonly workers: number;
  /** Polled. */
  readonly signal?: TrainingSignal | undefined;
  /** The job of an input is done, `done` of all so far, in whatever order they end. */
  readonly onJob?: (output: JobKinds[K]["output"], done: number, input: number) => unknown;
}

const millisecondsBetweenPolls = 20;

/**
 * The outputs of a job on each input, in their order; the number of workers changes nothing but the time. What is
 * shared goes to each thread once: typed arrays over a SharedArrayBuffer are not copied.
 * @throws {BifocalError} `aborted`, or whatever a job throws; no thread is left then, nor in the end.
 */
export async function runJobs<K extends JobName>(
  name: K,
  shared: JobKinds[K]["shared"],
  inputs: readonly JobKinds[K]["input"][],
  options: RunJobsOptions<K>,
): Promise<JobKinds[K]["output"][]> {
  throwIfAborted(options.signal);
  const threads = Math.min(options.workers, inputs.length);
  return threads > 1 ? runInThreads(name, shared, inputs, threads, options) : runHere(name, shared, inputs, options);
}

async function runHere<K extends JobName>(
  name: K,
  shared: JobKinds[K]["shared"],
  inputs: readonly JobKinds[K]["input"][],
  { signal, onJob }: RunJobsOptions<K>,
): Promise<JobKinds[K]["output"][]> {
  const job: Job<K> = jobs[name];
  const outputs: JobKinds[K]["output"][] = [];
  for (const [number, input] of inputs.entries()) {
    throwIfAborted(signal);
    const output = await job(shared, input, signal);
    outputs.push(output);
    await onJob?.(output, outputs.length, number);
  }
  return outputs;
}

async function runInThreads<K extends JobName>(
  name: K,
  shared: JobKinds[K]["shared"],
  inputs: readonly JobKinds[K]["input"][],
  threads: number,
  options: RunJobsOptions<K>,
): Promise<JobKinds[K]["output"][]> {
  const entry = workerEntry("parallel/job-worker.js");
  const workerData: JobSetup = { name, shared };
  const workers = Array.from({ length: threads }, () => new Worker(entry, { workerData, execArgv: [] }));
  try {
    return await collect(workers, inputs, options);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** Gives each thread the next input once it is done with one. */
function collect<K extends JobName>(
  workers: readonly Worker[],
  inputs: readonly JobKinds[K]["input"][],
  { signal, onJob }: RunJobsOptions<K>,
): Promise<JobKinds[K]["output"][]> {
  const outputs = new Array<JobKinds[K]["output"]>(inputs.length);
  let [given, done, told] = [0, 0, 0];
  let poll: NodeJS.Timeout | undefined;
  return new Promise<JobKinds[K]["output"][]>((resolve, reject) => {
    const giveNext = (worker: Worker): void => {
      const number = given++;
      if (number < inputs.length) worker.postMessage({ number, input: inputs[number] } satisfies JobRequest);
    };
    const receive = async (worker: Worker, response: JobResponse): Promise<void> => {
      if ("failure" in response) throw errorOf(response.failure);
      outputs[response.number] = response.output as JobKinds[K]["output"];
      giveNext(worker);
      done++;
      await onJob?.(outputs[response.number], done, response.number);
      if (++told === inputs.length) resolve(outputs);
    };
    for (const worker of workers) {
      worker.on("message", (response: JobResponse) => void receive(worker, response).catch(reject));
      worker.on("error", (cause) => reject(crashed(cause)));
      giveNext(worker);
    }
    poll = setInterval(() => {
      if (signal?.aborted) reject(new BifocalError("aborted", "The training was aborted.", { cause: signal.reason }));
    }, millisecondsBetweenPolls);
  }).finally(() => clearInterval(poll));
}

function errorOf(failure: PortableError): unknown {
  return "code" in failure ? new BifocalError(failure.code, failure.message) : failure.error;
}

function crashed(cause: unknown): BifocalError {
  const message = `A thread of the training stopped (${messageOf(cause)}), perhaps for want of memory.`;
  return new BifocalError("internal", message, { cause });
}
