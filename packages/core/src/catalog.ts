import {
  type AnyModel,
  BifocalError,
  didYouMean,
  type ModelCard,
  type Paradigm,
  paradigms,
  type Task,
} from "@bifocal/contracts";

/** A model that is at hand without a network: one line in a catalog. */
export interface CatalogEntry {
  readonly card: ModelCard;
  /** Which of several models of one task and paradigm this is: "topic", "spam", "prose". One without serves all of them. */
  readonly variant?: string;
  open(): Promise<AnyModel>;
}

/** Models in order of preference: the first that fits is the default. */
export type Catalog = readonly CatalogEntry[];

/** What a lens has for a task: models, or the reason why it has none. */
export interface Lens {
  readonly paradigm: Paradigm;
  /** Ids, the default first. */
  readonly models: readonly string[];
  readonly reason?: string;
}

/** Why a lens has no model for a task. */
export type Reasons = Readonly<Record<Task, Partial<Record<Paradigm, string>>>>;

/** What a caller asks of a default model. */
export interface Wish {
  readonly paradigm?: Paradigm;
  readonly variant?: string;
}

/**
 * The catalog's first model of the task that fulfils the wish.
 * @throws {BifocalError} `unknown-option` where the task has no such variant, `no-model` where it has no such model.
 */
export function defaultEntry(
  catalog: Catalog,
  reasons: Reasons,
  task: Task,
  { paradigm, variant }: Wish,
): CatalogEntry {
  const ofTask = catalog.filter(({ card }) => card.task === task);
  const variants = new Set(ofTask.flatMap((entry) => entry.variant ?? []));
  if (variant !== undefined && !variants.has(variant)) {
    throw new BifocalError("unknown-option", `${task} has no "${variant}". ${didYouMean(variant, [...variants])}`);
  }
  const entry = ofTask.find(
    ({ card, variant: each }) =>
      (paradigm === undefined || card.paradigm === paradigm) &&
      (variant === undefined || each === undefined || each === variant),
  );
  if (entry !== undefined) return entry;
  const lens = paradigm ?? paradigms.find((each) => reasons[task][each] !== undefined);
  const reason = (lens && reasons[task][lens]) ?? "none is embedded.";
  throw new BifocalError("no-model", `There is no ${paradigm ?? "embedded"} model for ${task} here: ${reason}`);
}

/** The lenses on a task: for each paradigm its models that read the language, or the reason why there is none. */
export function lensesOf(catalog: Catalog, reasons: Reasons, task: Task, language: string): Lens[] {
  return paradigms.map((paradigm) => {
    const ofLens = catalog.filter(({ card }) => card.task === task && card.paradigm === paradigm);
    const models = ofLens.filter(({ card }) => reads(card, language)).map(({ card }) => card.id);
    if (models.length > 0) return { paradigm, models };
    const reason =
      ofLens.length > 0 ? `no model reads "${language}".` : (reasons[task][paradigm] ?? "none is embedded.");
    return { paradigm, models, reason };
  });
}

function reads(card: ModelCard, language: string): boolean {
  return card.languages.length === 0 || card.languages.includes(language);
}
