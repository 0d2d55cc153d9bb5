import { messageOf } from "@bifocal/contracts";

/**
 * Why the system refused a file, in its words, without its code and the path that the caller's message names anyway.
 * @example systemReason(error) // "no such file or directory"
 */
export function systemReason(error: unknown): string {
  return messageOf(error)
    .replace(/^[A-Z_]+: /, "")
    .replace(/, [a-z]+( '.*)?$/s, "");
}
