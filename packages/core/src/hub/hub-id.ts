import { BifocalError } from "@bifocal/contracts";

/** A model on the Hub, at a revision: a branch, a tag or a commit. */
export interface HubId {
  readonly id: string;
  readonly revision: string;
}

/** Whether a model is named by its folder rather than by an id. */
export function isPath(source: string): boolean {
  return source.startsWith(".") || source.startsWith("/");
}

/**
 * Reads `org/name` or `org/name@revision`.
 * @throws {BifocalError} `unknown-model` where the text is neither.
 */
export function parseHubId(source: string): HubId {
  const [, id, revision = "main"] = /^([\w.-]+\/[\w.-]+)(?:@([\w./-]+))?$/u.exec(source) ?? [];
  if (id !== undefined && !`${id}/${revision}`.split("/").some((part) => /^\.*$/u.test(part))) return { id, revision };
  throw new BifocalError(
    "unknown-model",
    `"${source}" is not a model's id. Give an id of the Hugging Face Hub (org/name or org/name@revision), or a folder's path, which starts with . or /.`,
  );
}
