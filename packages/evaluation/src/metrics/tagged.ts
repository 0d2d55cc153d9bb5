import type { TokenSpan } from "@bifocal/contracts";

/** The tags of a sentence's tokens, and what they mark. */
export interface Tagged {
  readonly tags: readonly string[];
  readonly spans: readonly TokenSpan[];
}
