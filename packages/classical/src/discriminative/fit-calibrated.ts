import { learnCalibration } from "../calibration/learn-calibration.js";
import type { SparseDataset } from "../features/sparse-dataset.js";
import type { Settings } from "../learner.js";
import { learnedAs, type RowTrainingContext } from "../text-learner.js";
import type { LearnedLinear } from "./linear-params.js";
import { marginsOfRows } from "./margins-of-rows.js";

type LinearContext = RowTrainingContext<LearnedLinear>;

/** Trains on all rows, with the calibration that the settings ask for, learned of margins of rows held out. */
export async function fitCalibrated(
  data: SparseDataset,
  settings: Settings,
  context: LinearContext,
  train: (rows: SparseDataset, context: LinearContext) => Promise<LearnedLinear>,
): Promise<LearnedLinear> {
  const { afterIteration: _, stepwise: __, ...unwatched } = context;
  const fitMargins = async (rows: SparseDataset) => {
    const trained = await train(rows, unwatched);
    return (heldOut: SparseDataset) => marginsOfRows(trained, heldOut);
  };
  const calibration = await learnCalibration(data, fitMargins, settings, context);
  const calibrated = (trained: LearnedLinear): LearnedLinear => ({ ...trained, ...(calibration && { calibration }) });
  return calibrated(await train(data, learnedAs(context, calibrated)));
}
