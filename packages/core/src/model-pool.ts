import { BifocalError, type Model } from "@bifocal/contracts";

/** Models that are opened at their first use and closed again where others need their memory. */
export interface ModelPool<M extends Model<string>> extends AsyncDisposable {
  /**
   * Does work with a model, which stays open at least as long. Calls at the same time share one opening; one that failed is
   * tried again at the next use.
   * @throws {BifocalError} `aborted` once the pool is closed; what opening and the work throw.
   */
  use<R>(id: string, work: (model: M) => Promise<R> | R): Promise<R>;
}

/** How much memory a pool may hold. */
export interface ModelPoolOptions {
  /** Of all its models' weights together. A model that is larger alone is opened all the same, by itself. */
  readonly budgetBytes: number;
}

interface Entry<M> {
  readonly opening: Promise<M>;
  /** Calls that use it now. */
  users: number;
  bytes: number;
  /** The larger the later it was used. */
  lastUse: number;
}

/** What a model counts that does not say how large it is. */
const usualBytes = 16 * 2 ** 20;

/**
 * A pool of models within a budget of memory: where it is exceeded, those that were used least recently and are not in use
 * are closed.
 * @example
 * await using models = createModelPool((id) => openModel("text-classification", id), { budgetBytes: 2e9 });
 * const results = await models.use("org/name", (model) => model.classify(texts));
 */
export function createModelPool<M extends Model<string>>(
  open: (id: string) => Promise<M>,
  { budgetBytes }: ModelPoolOptions,
): ModelPool<M> {
  const entries = new Map<string, Entry<M>>();
  let uses = 0;
  let isClosed = false;

  function entryOf(id: string): Entry<M> {
    const known = entries.get(id);
    if (known !== undefined) return known;
    const entry: Entry<M> = { opening: open(id), users: 0, bytes: 0, lastUse: 0 };
    entries.set(id, entry);
    entry.opening.then(
      ({ bytes = usualBytes }) => {
        entry.bytes = bytes;
      },
      () => entries.delete(id),
    );
    return entry;
  }

  /** Closes what was used least recently until the rest fits. */
  async function makeRoom(): Promise<void> {
    const idle = [...entries].filter(([, { users }]) => users === 0).sort(([, a], [, b]) => a.lastUse - b.lastUse);
    let held = [...entries.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    for (const [id, { bytes, opening }] of idle) {
      if (held <= budgetBytes) return;
      entries.delete(id);
      held -= bytes;
      await (await opening)[Symbol.asyncDispose]();
    }
  }

  return {
    async use(id, work) {
      if (isClosed) throw new BifocalError("aborted", "The models are being closed; ask again later.");
      const entry = entryOf(id);
      entry.users++;
      entry.lastUse = ++uses;
      try {
        const model = await entry.opening;
        await makeRoom();
        return await work(model);
      } finally {
        entry.users--;
      }
    },
    async [Symbol.asyncDispose]() {
      isClosed = true;
      const models = await Promise.allSettled([...entries.values()].map(({ opening }) => opening));
      entries.clear();
      await Promise.all(models.map((each) => each.status === "fulfilled" && each.value[Symbol.asyncDispose]()));
    },
  };
}
