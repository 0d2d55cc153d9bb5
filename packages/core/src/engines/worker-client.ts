import { Worker } from "node:worker_threads";
import {
  BifocalError,
  type CallOptions,
  deadlineExceeded,
  type GeneratedToken,
  throwIfAborted,
  throwIfOver,
} from "@bifocal/contracts";
import { createNativeGate, emptyGate, type NativeGate, shutGate, shutGateAtExit } from "./native-gate.js";
import { createPendingCalls, type PendingCalls } from "./pending-calls.js";
import type {
  CallMessage,
  Head,
  HeadCalls,
  LoadRequest,
  PortableError,
  WorkerCalls,
  WorkerMessage,
} from "./protocol.js";
import { workerEntry } from "./worker-entry.js";

/** The id under which the loading of the model itself is awaited. */
const loading = 0;

/** Of the threads that run: each must be empty when the process exits, too. */
const openGates = new Set<NativeGate>();
process.on("exit", () => {
  for (const gate of openGates) shutGateAtExit(gate);
});

/** How long an answer is waited for, and who is told of its pieces and of its early end. */
interface Awaiting {
  readonly signal?: AbortSignal | undefined;
  readonly deadline?: Date | undefined;
  readonly onPiece?: ((piece: GeneratedToken) => void) | undefined;
  readonly onEnd?: () => void;
}

/** A worker thread seen from outside. An idle one does not keep the process alive. */
export class WorkerClient<H extends Head> {
  readonly #name: string;
  readonly #worker: Worker;
  readonly #gate: NativeGate;
  readonly #calls: PendingCalls;
  #nextId = loading;
  #gone: BifocalError | undefined;

  constructor(name: string, worker: Worker, gate: NativeGate) {
    this.#name = name;
    this.#worker = worker;
    this.#gate = gate;
    openGates.add(gate);
    this.#calls = createPendingCalls(() => worker.unref());
    worker.on("message", (message: WorkerMessage) => this.#receive(message));
    worker.on("error", (cause) => this.#end(crashed(name, cause.message, cause)));
    worker.on("exit", (code) => {
      openGates.delete(gate);
      emptyGate(gate);
      this.#end(crashed(name, `exit code ${code}`));
    });
  }

  /** Whether the thread ended though nobody closed it. */
  get hasStopped(): boolean {
    return this.#gone?.code === "internal";
  }

  /** Waits until the model is in memory. */
  load(signal?: AbortSignal): Promise<void> {
    return this.#answer(loading, { signal });
  }

  /** One call that the model's head answers; `signal` and `deadline` stop it between two tokens or batches. */
  async call<K extends HeadCalls[H]>(
    name: K,
    input: WorkerCalls[K]["input"],
    { signal, deadline, priority = "interactive" }: CallOptions = {},
    onPiece?: (piece: GeneratedToken) => void,
  ): Promise<WorkerCalls[K]["result"]> {
    throwIfOver({ signal, deadline });
    const id = ++this.#nextId;
    const cancelled = new Int32Array(new SharedArrayBuffer(4));
    const onEnd = (): void => void Atomics.store(cancelled, 0, 1);
    const answer = this.#answer<WorkerCalls[K]["result"]>(id, { signal, deadline, onPiece, onEnd });
    const message = { id, name, input, cancelled, priority, deadline: deadline?.getTime() };
    this.#worker.postMessage(message satisfies CallMessage);
    return answer;
  }

  async close(): Promise<void> {
    this.#end(new BifocalError("invalid-input", `${this.#name} is closed. Open it again to use it.`));
    await shutGate(this.#gate);
    await this.#worker.terminate();
  }

  async #answer<R>(id: number, { signal, deadline, onPiece = () => {}, onEnd = () => {} }: Awaiting): Promise<R> {
    if (this.#gone !== undefined) throw this.#gone;
    const end = (error: BifocalError): void => {
      onEnd();
      this.#calls.reject(id, error);
    };
    const abort = (): void => end(new BifocalError("aborted", "The call was aborted.", { cause: signal?.reason }));
    signal?.addEventListener("abort", abort, { once: true });
    const timer = deadline && setTimeout(() => end(this.#named(deadlineExceeded())), timeUntil(deadline));
    try {
      return await new Promise<R>((resolve, reject) => {
        this.#calls.add(id, { resolve: resolve as (result: unknown) => void, reject, onPiece });
        this.#worker.ref();
      });
    } finally {
      signal?.removeEventListener("abort", abort);
      clearTimeout(timer);
    }
  }

  #receive(message: WorkerMessage): void {
    if (message.type === "ready") this.#calls.resolve(loading, undefined);
    else if (message.type === "failed") this.#calls.reject(loading, this.#named(message.error));
    else if (message.type === "piece") this.#calls.tell(message.id, message.piece);
    else if (message.type === "result") this.#calls.resolve(message.id, message.result);
    else this.#calls.reject(message.id, this.#named(message.error));
  }

  #named({ code, message }: PortableError): BifocalError {
    return new BifocalError(code, `${this.#name}: ${message}`);
  }

  #end(reason: BifocalError): void {
    this.#gone ??= reason;
    this.#calls.rejectAll(this.#gone);
  }
}

/** How long a timer waits, in milliseconds: at most the 24 days that one can. */
function timeUntil(deadline: Date): number {
  return Math.min(deadline.getTime() - Date.now(), 2 ** 31 - 1);
}

export interface StartOptions extends Pick<CallOptions, "signal"> {
  /** The script of the thread. */
  readonly entry?: URL;
}

/**
 * Starts a worker thread that loads a model, and waits until it has.
 * @param name names the model in errors.
 * @throws {BifocalError} what the worker says of the model's files, `aborted`, or `internal` where it dies.
 */
export async function startWorker<H extends Head>(
  name: string,
  request: LoadRequest & { readonly head: H },
  { signal, entry = workerEntry() }: StartOptions = {},
): Promise<WorkerClient<H>> {
  throwIfAborted(signal);
  const gate = createNativeGate();
  const workerData = { ...request, gate };
  const client = new WorkerClient<H>(name, new Worker(entry, { workerData, execArgv: [] }), gate);
  try {
    await client.load(signal);
    return client;
  } catch (error) {
    // A thread that is still loading ends when it has: whoever gave up does not wait for that.
    client.close().catch(() => {});
    throw error;
  }
}

function crashed(name: string, said: string, cause?: Error): BifocalError {
  return new BifocalError(
    "internal",
    `The thread that runs ${name} stopped (${said}), perhaps for want of memory. The next call starts it anew.`,
    { cause },
  );
}
