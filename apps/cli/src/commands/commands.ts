import { defineAnalyze } from "./analyze.js";
import type { DefineCommand } from "./command.js";
import { defineCompare } from "./compare.js";
import { defineEvaluate } from "./evaluate.js";
import { defineExplain } from "./explain.js";
import { defineModels } from "./models.js";
import { defineRun } from "./run.js";
import { defineServe } from "./serve.js";
import { defineTrain } from "./train.js";

/** Every command, in the order of the help. */
export const commands: readonly DefineCommand[] = [
  defineAnalyze,
  defineRun,
  defineExplain,
  defineTrain,
  defineEvaluate,
  defineCompare,
  defineModels,
  defineServe,
];
