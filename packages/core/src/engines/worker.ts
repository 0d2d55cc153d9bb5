import { BifocalError, deadlineExceeded, messageOf } from "@bifocal/contracts";
import type {
  Answer,
  CallMessage,
  ClientMessage,
  LoadRequest,
  PortableError,
  WorkerCalls,
  WorkerMessage,
} from "./protocol.js";
import { loadModel } from "./transformers.js";

/** The entry of a worker process, which holds one model and answers all calls as its scheduler lets them. */
if (process.send !== undefined) serve();

function serve(): void {
  // Whoever started it says when it ends: Ctrl+C reaches both, and calls that still run may come to their end.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});
  process.on("disconnect", () => process.exit());
  const running = new Map<number, Running>();
  let answers: { readonly [K in keyof WorkerCalls]?: Answer<K> } = {};
  process.on("message", async (message: ClientMessage) => {
    if (message.type === "load") answers = await load(message.request);
    else if (message.type === "cancel") cancel(running.get(message.id));
    else {
      const call: Running = { isCancelled: false };
      running.set(message.id, call);
      await answerCall(answers[message.name] as Answer<keyof WorkerCalls>, message, call);
      running.delete(message.id);
    }
  });
}

/** A call that has no answer yet. */
interface Running {
  isCancelled: boolean;
}

function cancel(call: Running | undefined): void {
  if (call !== undefined) call.isCancelled = true;
}

async function load(request: LoadRequest): Promise<{ readonly [K in keyof WorkerCalls]?: Answer<K> }> {
  try {
    const answers = await loadModel(request);
    tell({ type: "ready" });
    return answers;
  } catch (error) {
    tell({ type: "failed", error: portable(error) });
    return {};
  }
}

async function answerCall(
  answer: Answer<keyof WorkerCalls>,
  { id, input, priority, deadline = Number.POSITIVE_INFINITY }: CallMessage,
  call: Running,
): Promise<void> {
  const throwIfCancelled = (): void => {
    if (call.isCancelled) throw new BifocalError("aborted", "The call was aborted.");
    if (Date.now() >= deadline) throw deadlineExceeded();
  };
  try {
    throwIfCancelled();
    const context = {
      priority,
      throwIfCancelled,
      tell: (piece: { text: string }) => tell({ type: "piece", id, piece }),
    };
    tell({ type: "result", id, result: await answer(input as never, context) });
  } catch (error) {
    tell({ type: "error", id, error: portable(error) });
  }
}

/** Where nobody listens any more, this process is about to end. */
function tell(message: WorkerMessage): void {
  process.send?.(message, undefined, undefined, () => {});
}

function portable(error: unknown): PortableError {
  if (error instanceof BifocalError) return { code: error.code, message: error.message };
  const said = messageOf(error).split("\n", 1)[0]?.slice(0, 300) ?? "";
  return { code: "internal", message: `The model's network failed: ${said}` };
}
