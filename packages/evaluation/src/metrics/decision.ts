import type { Classification } from "@bifocal/contracts";

/** What of a classification is scored. */
export type Decision = Pick<Classification, "label" | "scores">;
