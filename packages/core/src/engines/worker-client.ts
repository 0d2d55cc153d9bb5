import { type ChildProcess, fork } from "node:child_process";
import {
  BifocalError,
  type CallOptions,
  type GeneratedToken,
  messageOf,
  throwIfAborted,
  throwIfOver,
} from "@bifocal/contracts";
import { createPendingCalls, type PendingCalls } from "./pending-calls.js";
import type {
  ClientMessage,
  Head,
  HeadCalls,
  LoadRequest,
  PortableError,
  WorkerCalls,
  WorkerMessage,
} from "./protocol.js";
import { type Bounds, withinBounds } from "./within-bounds.js";
import { workerEntry } from "./worker-entry.js";

/** The id under which the loading of the model itself is awaited. */
const loading = 0;

/** How long an answer is waited for, and who is told of its pieces and of its early end. */
interface Awaiting extends Bounds {
  readonly onPiece?: ((piece: GeneratedToken) => void) | undefined;
  readonly onEnd?: () => void;
}

/** A worker process seen from outside. An idle one does not keep its caller's process alive, and ends with it. */
export class WorkerClient<H extends Head> {
  readonly #name: string;
  readonly #worker: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #calls: PendingCalls;
  #nextId = loading;
  #gone: BifocalError | undefined;

  constructor(name: string, worker: ChildProcess) {
    this.#name = name;
    this.#worker = worker;
    this.#calls = createPendingCalls(() => this.#unref());
    worker.on("message", (message: WorkerMessage) => this.#receive(message));
    this.#ended = new Promise((resolve) => {
      worker.on("error", (cause) => resolve(this.#end(crashed(name, cause.message, cause))));
      worker.on("exit", (code, signal) => resolve(this.#end(crashed(name, signal ?? `exit code ${code}`))));
    });
  }

  /** Whether the process ended though nobody closed it. */
  get hasStopped(): boolean {
    return this.#gone?.code === "internal";
  }

  /** Loads a model, and waits until it is in memory. */
  load(request: LoadRequest, signal?: AbortSignal): Promise<void> {
    const loaded = this.#answer<void>(loading, { signal });
    this.#tell({ type: "load", request });
    return loaded;
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
    const onEnd = (): void => this.#tell({ type: "cancel", id });
    const answer = this.#answer<WorkerCalls[K]["result"]>(id, { signal, deadline, onPiece, onEnd });
    this.#tell({ type: "call", id, name, input, priority, deadline });
    return answer;
  }

  async close(): Promise<void> {
    this.#gone = new BifocalError("invalid-input", `${this.#name} is closed. Open it again to use it.`);
    this.#calls.rejectAll(this.#gone);
    this.#worker.ref();
    this.#worker.kill("SIGKILL");
    await this.#ended;
  }

  async #answer<R>(id: number, { onPiece = () => {}, onEnd = () => {}, ...bounds }: Awaiting): Promise<R> {
    if (this.#gone !== undefined) throw this.#gone;
    const answer = new Promise<R>((resolve, reject) => {
      this.#calls.add(id, { resolve: resolve as (result: unknown) => void, reject, onPiece });
      this.#ref();
    });
    return withinBounds(this.#name, answer, bounds, () => {
      onEnd();
      this.#calls.forget(id);
    });
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

  /** What cannot be told fails: at once where it cannot even be written down, else when the process has ended. */
  #tell(message: ClientMessage): void {
    try {
      this.#worker.send(message, () => {});
    } catch (cause) {
      const said = `${this.#name} cannot be asked this (${messageOf(cause)}).`;
      this.#calls.reject("id" in message ? message.id : loading, new BifocalError("internal", said, { cause }));
    }
  }

  #ref(): void {
    this.#worker.ref();
    this.#worker.channel?.ref();
  }

  #unref(): void {
    this.#worker.unref();
    this.#worker.channel?.unref();
  }

  #end(reason: BifocalError): void {
    this.#gone ??= reason;
    this.#calls.rejectAll(this.#gone);
  }
}

export interface StartOptions extends Pick<CallOptions, "signal"> {
  /** The script of the process. */
  readonly entry?: URL;
}

/**
 * Starts a worker process that loads a model, and waits until it has.
 * @param name names the model in errors.
 * @throws {BifocalError} what the worker says of the model's files, `aborted`, or `internal` where it dies.
 */
export async function startWorker<H extends Head>(
  name: string,
  request: LoadRequest & { readonly head: H },
  { signal, entry = workerEntry() }: StartOptions = {},
): Promise<WorkerClient<H>> {
  throwIfAborted(signal);
  const client = new WorkerClient<H>(name, startProcess(name, entry));
  try {
    await client.load(request, signal);
    return client;
  } catch (error) {
    await client.close();
    throw error;
  }
}

/**
 * What glibc is told of the memory of a process that gives all of it back at its end: freed memory stays, in large pages, for
 * the next token, whose tensors are of nearly the same size. Writing by small networks takes an eighth less time.
 */
const keptMemory = [
  "glibc.malloc.hugetlb=1",
  `glibc.malloc.mmap_threshold=${2 ** 25}`,
  `glibc.malloc.trim_threshold=${2 ** 28}`,
  `glibc.malloc.top_pad=${2 ** 24}`,
].join(":");

/** Answers come back as structured clones; of this process's flags only those of its memory hold for the other. */
function startProcess(name: string, entry: URL): ChildProcess {
  try {
    return fork(entry, {
      serialization: "advanced",
      env: { GLIBC_TUNABLES: keptMemory, ...process.env },
      execArgv: process.execArgv.filter((flag) => /^--max[-_].*=/.test(flag)),
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
  } catch (cause) {
    throw new BifocalError("internal", `No process can be started for ${name}: ${messageOf(cause)}`, { cause });
  }
}

function crashed(name: string, said: string, cause?: Error): BifocalError {
  return new BifocalError(
    "internal",
    `The process that runs ${name} stopped (${said}), perhaps for want of memory. The next call starts it anew.`,
    { cause },
  );
}
