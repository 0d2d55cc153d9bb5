import { setImmediate, setTimeout } from "node:timers/promises";
import { BifocalError, type Priority } from "@bifocal/contracts";

export interface SchedulerLimits {
  /** Of a batch: how many rows, and rows times the longest of them. */
  readonly rows: number;
  readonly tokens: number;
  /** How many tokens may wait; a call that comes to an empty queue may have more. */
  readonly queuedTokens: number;
  /** How long a batch that is not full waits for others when nothing runs. */
  readonly delayMs: number;
}

/** What the scheduler is told of a call beside its rows. */
export interface RowsContext {
  readonly priority: Priority;
  /** Asked before each batch. @throws {BifocalError} `aborted`, `deadline-exceeded`. */
  throwIfCancelled(): void;
}

/** Computes rows of many callers together. */
export interface Scheduler<Row, Out> {
  /**
   * As many outputs as rows, in their order.
   * @throws {BifocalError} `overloaded` at once where too much waits; `aborted`; `deadline-exceeded`; what computing throws.
   */
  run(rows: readonly Row[], context: RowsContext): Promise<Out[]>;
}

interface Call<Out> {
  readonly outputs: Out[];
  readonly context: RowsContext;
  readonly resolve: (outputs: Out[]) => void;
  readonly reject: (error: unknown) => void;
  left: number;
  isOver: boolean;
}

interface Waiting<Row, Out> {
  readonly row: Row;
  readonly length: number;
  readonly place: number;
  readonly call: Call<Out>;
  /** In milliseconds: the row that is due first is in the next batch. */
  readonly due: number;
}

/** So long may bulk work wait for interactive calls before it goes first. */
const bulkPatienceMs = 250;

/** Of a batch at least such a share is not padding. */
const leastUse = 0.8;

/**
 * Puts rows of all callers into batches of like length, as many as fit the limits; outputs come in each caller's order.
 * The row that is due first is always in the next batch: interactive calls at once, bulk work a little later, so that
 * neither waits for ever. Where a batch of several callers fails, each caller's rows are computed alone.
 * @param compute rows to outputs, in their order, one batch at a time
 */
export function createScheduler<Row extends { readonly length: number }, Out>(
  compute: (rows: readonly Row[]) => Promise<readonly Out[]>,
  limits: SchedulerLimits,
): Scheduler<Row, Out> {
  // Ascending by length.
  let waiting: Waiting<Row, Out>[] = [];
  let queuedTokens = 0;
  let isRunning = false;

  async function work(): Promise<void> {
    isRunning = true;
    if (queuedTokens < limits.tokens && limits.delayMs > 0) await setTimeout(limits.delayMs);
    while (waiting.length > 0) {
      const batch = nextBatch(dropCancelled(waiting), limits);
      const taken = new Set(batch);
      waiting = waiting.filter((each) => !taken.has(each) && !each.call.isOver);
      queuedTokens = waiting.reduce((sum, { length }) => sum + length, 0);
      if (batch.length > 0) await answer(batch);
      // Whoever called meanwhile is heard only now.
      await setImmediate();
    }
    isRunning = false;
  }

  async function answer(batch: readonly Waiting<Row, Out>[]): Promise<void> {
    try {
      const outputs = await compute(batch.map(({ row }) => row));
      for (const [i, { call, place }] of batch.entries()) deliver(call, place, outputs[i] as Out);
    } catch (error) {
      const calls = new Set(batch.map(({ call }) => call));
      if (calls.size === 1) return fail(calls, error);
      for (const call of calls) await answer(batch.filter((each) => each.call === call));
    }
  }

  return {
    run(rows, context) {
      const tokens = rows.reduce((sum, { length }) => sum + length, 0);
      if (queuedTokens > 0 && queuedTokens + tokens > limits.queuedTokens)
        return Promise.reject(overloaded(queuedTokens));
      if (rows.length === 0) return Promise.resolve([]);
      return new Promise((resolve, reject) => {
        const call: Call<Out> = { outputs: [], context, resolve, reject, left: rows.length, isOver: false };
        const due = performance.now() + (context.priority === "bulk" ? bulkPatienceMs : 0);
        const own = rows.map((row, place) => ({ row, length: Math.max(1, row.length), place, call, due }));
        waiting = [...waiting, ...own].sort((a, b) => a.length - b.length);
        queuedTokens += tokens;
        if (!isRunning) void work();
      });
    },
  };
}

function overloaded(queuedTokens: number): BifocalError {
  return new BifocalError(
    "overloaded",
    `${queuedTokens} tokens wait for the model already. Try again in a moment, or send less at once.`,
  );
}

function deliver<Out>(call: Call<Out>, place: number, output: Out): void {
  call.outputs[place] = output;
  call.left -= 1;
  if (call.left > 0 || call.isOver) return;
  call.isOver = true;
  call.resolve(call.outputs);
}

function fail<Out>(calls: Iterable<Call<Out>>, error: unknown): void {
  for (const call of calls) {
    call.isOver = true;
    call.reject(error);
  }
}

/** The rows whose callers still wait for them. */
function dropCancelled<Row, Out>(waiting: readonly Waiting<Row, Out>[]): Waiting<Row, Out>[] {
  for (const call of new Set(waiting.map((each) => each.call))) {
    try {
      call.context.throwIfCancelled();
    } catch (error) {
      fail([call], error);
    }
  }
  return waiting.filter(({ call }) => !call.isOver);
}

/** The row that is due first, and as many of like length as fit: shorter ones first, for they make none longer. */
function nextBatch<Row, Out>(waiting: readonly Waiting<Row, Out>[], limits: SchedulerLimits): Waiting<Row, Out>[] {
  if (waiting.length === 0) return [];
  let first = 0;
  // Of those that are due together the longest, so that what memory cannot hold is known early.
  for (const [i, { due }] of waiting.entries()) if (due <= (waiting[first] as Waiting<Row, Out>).due) first = i;
  let [from, to] = [first, first];
  let tokens = (waiting[first] as Waiting<Row, Out>).length;
  const fits = (longest: number, more: number): boolean => {
    const rows = to - from + 2;
    return rows <= limits.rows && rows * longest <= limits.tokens && tokens + more >= leastUse * rows * longest;
  };
  for (
    let next = waiting[from - 1];
    next && fits((waiting[to] as typeof next).length, next.length);
    next = waiting[from - 1]
  ) {
    from -= 1;
    tokens += next.length;
  }
  for (let next = waiting[to + 1]; next && fits(next.length, next.length); next = waiting[to + 1]) {
    to += 1;
    tokens += next.length;
  }
  return waiting.slice(from, to + 1);
}
