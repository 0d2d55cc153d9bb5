import type { Fields } from "@bifocal/corpus";
import type { ResultOf, Task } from "bifocal";

/** A record with the result beside its own fields: as it is for JSON, in flat columns for a table. */
export function annotated(fields: Fields, result: ResultOf<Task>, flat: boolean): Fields {
  const added = flat ? columnsOf(result) : { result };
  const renamed = Object.entries(added).map(([name, value]) => [freeName(name, fields), value] as const);
  return { ...fields, ...Object.fromEntries(renamed) };
}

function columnsOf(result: ResultOf<Task>): Fields {
  const { model } = result;
  if ("scores" in result) return { predicted_label: result.label, predicted_score: result.score, model };
  if ("entities" in result) return { entities: result.entities, model };
  return { generated_text: result.text, finish_reason: result.finishReason, model };
}

/** No field of the record is ever lost to a result's. */
function freeName(name: string, fields: Fields): string {
  return Object.hasOwn(fields, name) ? freeName(`bifocal_${name}`, fields) : name;
}
