import { BifocalError, messageOf, throwIfOver } from "@bifocal/contracts";
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
  /** The calls that have no answer yet. */
  const running = new Map<number, AbortController>();
  let answers: { readonly [K in keyof WorkerCalls]?: Answer<K> } = {};
  process.on("message", async (message: ClientMessage) => {
    if (message.type === "load") answers = await load(message.request);
    else if (message.type === "cancel") running.get(message.id)?.abort();
    else {
      const call = new AbortController();
      running.set(message.id, call);
      await answerCall(answers[message.name] as Answer<keyof WorkerCalls>, message, call.signal);
      running.delete(message.id);
    }
  });
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
  { id, input, priority, deadline }: CallMessage,
  signal: AbortSignal,
): Promise<void> {
  const throwIfCancelled = (): void => throwIfOver({ signal, deadline });
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
