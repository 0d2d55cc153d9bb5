import { readFile } from "node:fs/promises";
import { isAbsolute } from "node:path";
import { decodeModel, openModelFile, type SavedModel } from "@bifocal/classical";
import { BifocalError, didYouMean, type ModelCard, type ModelOfTask, messageOf, type Task } from "@bifocal/contracts";
import * as core from "@bifocal/core";
import { embeddedModels, folderOf, readCard, readWeights } from "@bifocal/models";
import { catalog, reasons } from "./catalog.js";

export {
  type Assignment,
  type BayesianNetwork,
  type BayesianNetworkOptions,
  type BayesianNetworkParams,
  type BayesianNetworkTraining,
  bayesianNetwork,
  bdeuScore,
  bicScore,
  type CardOptions,
  type CheckMemoryOptions,
  type ClusterOptions,
  type CrossValidateOptions,
  type CrossValidation,
  checkMemory,
  checkMetric,
  clusterKey,
  crossValidate,
  type Distribution,
  decodeModel,
  defineBayesianNetwork,
  type Explanation,
  type ExportOptions,
  encodeModel,
  exportOnnx,
  type FoldOptions,
  type FoldResult,
  type GenerativeNaiveBayes,
  givenStructure,
  type HiddenMarkovModel,
  type HillClimbingOptions,
  hillClimbingStructure,
  int8Weights,
  type K2Options,
  k2Score,
  k2Structure,
  type LabelledText,
  type Learner,
  type LearnStructure,
  learnClusters,
  learnerNamed,
  learners,
  type MemoryEstimate,
  type MemoryLimits,
  memoryLimits,
  type NetworkSampleOptions,
  type NetworkScore,
  naiveStructure,
  openModel as openSavedModel,
  type PartialTraining,
  type PartialTrainingOptions,
  type Perplexity,
  type PlainText,
  type Progress,
  type PrunedModel,
  type PruneOptions,
  perplexityOf,
  pruneByEntropy,
  pruneModel,
  readArpa,
  type SampledRow,
  type SampleOptions,
  type SavedModel,
  type Search,
  type SearchOptions,
  type SearchRange,
  type SearchSpace,
  type SearchTrial,
  type SearchValues,
  type SentenceScore,
  type Setting,
  type StateRow,
  type SummarizedText,
  scoreModel as scoreSavedModel,
  scoreSentence,
  searchSettings,
  type TaggedSample,
  type TaggedSentence,
  type TextNetwork,
  type TrainingMetric,
  type TrainingSignal,
  type TrainOptions,
  type TrialsOptions,
  tokenFeaturesOf,
  trainBackoffNgrams,
  trainBayesianNetwork,
  trainHmmUnsupervised,
  trainingMetrics,
  trainModel,
  trainPartially,
  treeAugmentedStructure,
  treeStructure,
  type UnsupervisedSettings,
  type Variable,
  type VariableDefinition,
  type WordClusters,
  type WordNgramOptions,
  type WordNgrams,
  wordReader,
  writeArpa,
} from "@bifocal/classical";
export * from "@bifocal/contracts";
export type {
  BadFile,
  CacheOptions,
  Canary,
  CanaryAnswers,
  DownloadProgress,
  HubTask,
  Lens,
  ModelLock,
  OpenOptions,
  OpenOptionsOf,
  OpenPipeline,
  OpenZeroShotOptions,
  OptionsOf,
  PackOptions,
  Pipeline,
  PullOptions,
  ResultOf,
  TaskName,
  TaskOf,
  Verification,
  VerifyOptions,
} from "@bifocal/core";
export {
  bytesOf,
  cardOfPulled,
  cosine,
  createModelPool,
  driftOf,
  findPulled,
  type LikelihoodClassifierOptions,
  likelihoodClassifier,
  type ModelPool,
  type ModelPoolOptions,
  type Neighbour,
  type NoisyChannelOptions,
  nearest,
  noisyChannel,
  openEmbedder,
  openZeroShot,
  packModel,
  parseHubTask,
  pipelineOf,
  pulledModels,
  pullModel,
  removeModel,
  taskOfPipeline,
  unpackModel,
  variantOption,
  verifyModels,
  type ZeroShotOptions,
  zeroShotByEmbedding,
  zeroShotRules,
} from "@bifocal/core";

const sources: core.ModelSources = { catalog, reasons, openFile };

/**
 * Opens the pipeline of a task.
 *
 * @param task one of the six tasks, or as the Hub calls it
 * @param model `null` for the embedded default (needs no network), a name that `listModels` gives, a Hub id
 *   (`org/name`, `org/name@revision`), or a path (starts with `.` or `/`) to a model file or a folder in the Hub's layout
 * @param options `paradigm` chooses the lens of the default; `subject` a text classifier, `style` a writer; `labels` are for
 *   `zero-shot-classification`, which is `text-classification` by labels that the model was not trained on
 * @throws {BifocalError} `unknown-task`, `unknown-model`, `unknown-option` with the nearest names; `no-model`, `wrong-task`
 * @example
 * const classify = await pipeline("sentiment-analysis");
 * const { label, score } = await classify("A warm, funny, wonderful film.");
 */
export const pipeline: core.OpenPipeline = core.createPipeline(sources);

/** Opens a model as its contract: a Classifier, Tagger or TextGenerator; see `pipeline` for the arguments. */
export function openModel<T extends Task>(
  task: T,
  id: string | null = null,
  options: core.OpenOptionsOf<T> = {} as core.OpenOptionsOf<T>,
): Promise<ModelOfTask[T]> {
  return core.openModelFrom(sources, task, id, options);
}

/** A model that is at hand without a network. */
export interface ModelListing {
  readonly card: ModelCard;
  /** Which of several models of one task: "topic", "spam", "prose". */
  readonly variant?: string;
  /** Whether the task's pipeline opens it when no model is named. */
  readonly default: boolean;
  /** Whether it was trained on conversations, so that the option `chat` is for it. Of the embedded models none was. */
  readonly chats?: boolean;
}

/** Every embedded model, in order of preference. */
export function listModels(): ModelListing[] {
  const seen = new Set<Task>();
  return catalog.map(({ card, variant }) => {
    const isDefault = !seen.has(card.task);
    seen.add(card.task);
    return { card, ...(variant !== undefined && { variant }), default: isDefault };
  });
}

/** The three lenses on a task: for each its models that read the language, or why it has none. */
export function lensesOf(task: Task, language = "en"): core.Lens[] {
  return core.lensesOf(catalog, reasons, task, language);
}

/**
 * A model as it is saved: that of an embedded model by its name, or of a model file by its path. `exportOnnx` takes it.
 * @throws {BifocalError} `unknown-model`; `unsupported` for a model that no file holds; `unreadable`, `model-damaged`
 */
export async function readSavedModel(id: string): Promise<SavedModel> {
  if (id.startsWith(".") || isAbsolute(id)) return decodeModel(await readModelFile(id), id);
  const embedded = embeddedModels.find((each) => each === id);
  if (embedded !== undefined && readCard(embedded).files !== undefined)
    throw new BifocalError("unsupported", `${id} is a network of several ONNX files: they are in ${folderOf(id)}.`);
  if (embedded !== undefined) return decodeModel(await readWeights(embedded), id);
  if (catalog.some(({ card }) => card.id === id))
    throw new BifocalError("unsupported", `${id} is made of rules or of other models: no file holds it.`);
  throw new BifocalError("unknown-model", `There is no model "${id}". ${didYouMean(id, embeddedModels)}`);
}

async function openFile(path: string) {
  return openModelFile(await readModelFile(path), path);
}

async function readModelFile(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new BifocalError("unreadable", `${path} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}
